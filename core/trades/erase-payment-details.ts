import { failuresOf, throwFailures } from '../for-each-isolated.ts';
import type { TradePorts, Trades } from './ports.ts';

/** Upper bound of trades that one run erases the details of. The next run continues. */
const TRADES_A_RUN = 100;

type Ports = Pick<TradePorts, 'clock'> & { trades: Pick<Trades, 'withOldDetails' | 'eraseDetails'> };

/**
 * Erases where the buyer paid from trades that ended `DETAILS_KEPT_MS` ago. Nobody sees these details any more, also if
 * a run is late.
 *
 * If the process dies between two trades, the next run erases the rest.
 *
 * @returns the number of erased details
 * @throws the errors of single trades, after all others were tried
 */
export const erasePaymentDetails =
  ({ trades, clock }: Ports) =>
  async (): Promise<number> => {
    const { items, unreadable } = await trades.withOldDetails(clock.now(), TRADES_A_RUN);
    const failures = await failuresOf(items, (trade) => trades.eraseDetails(trade));
    throwFailures([...unreadable, ...failures]);
    return items.length;
  };
