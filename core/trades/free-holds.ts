import { failuresOf, throwFailures } from '../for-each-isolated.ts';
import type { Log } from '../log.ts';
import { forEachInPages } from '../paging.ts';
import { later, MINUTE_MS } from '../time.ts';
import type { TradePorts, Trades } from './ports.ts';
import { strayMove } from './rules.ts';

/** Minimum age of the holds that are looked at, so that a trade that just began is left alone. */
const MIN_AGE_MS = 10 * MINUTE_MS;

type Ports = Pick<TradePorts, 'clock'> & {
  trades: Pick<Trades, 'get' | 'heldBefore' | 'settleHold'>;
  log: Pick<Log, 'error'>;
};

/**
 * Frees XMR that is held although no trade explains it. Hold and trade are always written together, so this finds
 * something only after a fault or a repair by hand, and writes an error to the log for each.
 *
 * If the process dies before a write, the next run finds the same hold. If it dies after it, the hold is settled.
 *
 * @returns the number of holds that were freed
 * @throws the errors of single holds, after all others were tried
 */
export const freeHolds =
  ({ trades, clock, log }: Ports) =>
  async (): Promise<number> => {
    const now = clock.now();
    const failures: unknown[] = [];
    let freed = 0;
    await forEachInPages(
      (page) => trades.heldBefore(later(now, -MIN_AGE_MS), page),
      async (held) => {
        const free = async () => {
          const trade = held.tradeId && (await trades.get(held.tradeId));
          const move = strayMove(held, trade, now);
          // A step of the trade may have settled it meanwhile.
          if (!move || (await trades.settleHold(move))) return;
          freed += 1;
          log.error('a hold without a trade was freed', { transferId: held.id, tradeId: held.tradeId });
        };
        failures.push(...(await failuresOf([held], free)));
      },
    );
    throwFailures(failures);
    return freed;
  };
