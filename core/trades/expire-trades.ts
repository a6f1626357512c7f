import { failuresOf, throwFailures } from '../for-each-isolated.ts';
import type { TradePorts } from './ports.ts';
import { expire } from './rules.ts';

/** Upper bound of overdue trades that one run settles. The next run continues. */
const TRADES_A_RUN = 100;

/**
 * The timer: gives the held XMR of trades that were not paid in time back.
 * @returns the number of settled trades
 * @throws the errors of single trades, after all others were tried
 */
export const expireTrades =
  ({ trades, clock }: Pick<TradePorts, 'trades' | 'clock'>) =>
  async (): Promise<number> => {
    const now = clock.now();
    let settled = 0;
    const { items, unreadable } = await trades.overdue(now, TRADES_A_RUN);
    const failures = await failuresOf(items, async (trade) => {
      const expired = expire(trade, now);
      // The save is refused if another step came first. The next run finds a trade that is still overdue.
      if (expired && !(await trades.save(expired))) settled += 1;
    });
    throwFailures([...unreadable, ...failures]);
    return settled;
  };
