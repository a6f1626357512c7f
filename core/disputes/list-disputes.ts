import type { Caller } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import { partyOf } from '../trades/rules.ts';
import { showTrades } from '../trades/views.ts';
import type { DisputePorts } from './ports.ts';

type Input = { state?: 'open' | 'closed'; page: PageRequest };

/**
 * Trades whose dispute is open, or has ended, newest dispute first, as their arbitrator sees them. The caller's own
 * trades are left out, because nobody decides on them.
 */
export const listDisputes =
  (ports: Pick<DisputePorts, 'disputes' | 'people' | 'detailsCipher' | 'clock'>) =>
  async ({ state = 'open', page }: Input, caller: Caller) => {
    const { items, next } = await ports.disputes.list(state === 'open', page);
    const foreign = items.filter((trade) => !partyOf(trade, caller.accountId));
    const shown = await showTrades(ports, foreign, caller, { now: ports.clock.now() });
    return { items: shown, ...(next && { next }) };
  };
