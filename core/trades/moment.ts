import type { Clock } from '../time.ts';
import type { Moment } from './outages.ts';
import type { Trades } from './ports.ts';
import { isPastWindow } from './rules.ts';
import type { Trade } from './trades.ts';

/** The present moment for trades that were read. It reads the timer only if one of them may have expired. */
export async function momentOf(
  { trades, clock }: { trades: Pick<Trades, 'timer'>; clock: Clock },
  found: readonly Trade[],
): Promise<Moment> {
  const now = clock.now();
  return found.some((trade) => isPastWindow(trade, now)) ? { now, timer: await trades.timer() } : { now };
}
