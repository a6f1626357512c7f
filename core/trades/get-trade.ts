import type { Caller } from '../caller.ts';
import type { TradeId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import type { ReadingCall } from '../versions.ts';
import type { TradePorts } from './ports.ts';
import { roleOf, stateAt } from './rules.ts';
import { showTrade } from './views.ts';

/** One trade, for its parties. Others get `not_found`. */
export const getTrade =
  ({ trades, people, clock }: TradePorts) =>
  async ({ tradeId }: { tradeId: TradeId }, caller: Caller, { endIfKnown }: ReadingCall = {}) => {
    const trade = await trades.get(tradeId);
    if (!trade || !roleOf(trade, caller.accountId)) return refusal('not_found');
    const now = clock.now();
    endIfKnown?.({ version: trade.version, state: stateAt(trade, now) });
    return showTrade(people, trade, caller, now);
  };
