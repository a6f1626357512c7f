import { eachAlone } from '../each-alone.ts';
import type { Clock } from '../time.ts';
import type { Trades } from './ports.ts';
import { expire } from './rules.ts';

/** How many overdue trades one run settles at most; the next run goes on. */
const TRADES_A_RUN = 100;

/**
 * The timer: gives the held XMR of trades that were not paid in time back.
 * @returns how many it settled
 * @throws what kept any of them from being settled, once all had their turn
 */
export const expireTrades =
  ({ trades, clock }: { trades: Trades; clock: Clock }) =>
  async (): Promise<number> => {
    const now = clock.now();
    let settled = 0;
    await eachAlone(await trades.overdue(now, TRADES_A_RUN), async (trade) => {
      const expired = expire(trade, now);
      // Lost to a step that came at the same moment: that step was in time, or the next run sees it again.
      if (expired && !(await trades.save(expired.next, expired.moves))) settled += 1;
    });
    return settled;
  };
