import type { MinorUnits } from '../money/fiat.ts';
import { asInstant, HOUR_MS, type Instant, MINUTE_MS } from '../time.ts';
import { MAX_HISTORY_HOURS } from './limits.ts';

/** A former market price of 1 XMR. */
export type RatePoint = { at: Instant; fiatPerXmr: MinorUnits };

/** The instants from `from` until `until`, both included, `stepMs` apart. All are multiples of `stepMs`. */
export type RateSpan = { from: Instant; until: Instant; stepMs: number };

/** A point that is due: its instant, the distance of its resolution, and how long it is shown, in milliseconds. */
export type HistoryInstant = { at: Instant; stepMs: number; keptMs: number };

/**
 * Distances of the points of a history: a day has a point every 10 minutes, a longer history one an hour. So a history
 * of any length has 169 points at most.
 */
const RESOLUTIONS = [
  { maxHours: 24, stepMs: 10 * MINUTE_MS },
  { maxHours: MAX_HISTORY_HOURS, stepMs: HOUR_MS },
] as const;

/** The span of the last hours. @param hours 1 to MAX_HISTORY_HOURS */
export function spanOf(hours: number, now: Instant): RateSpan {
  const { stepMs } = RESOLUTIONS.find(({ maxHours }) => hours <= maxHours) ?? RESOLUTIONS.at(-1)!;
  const until = asInstant(Math.floor(now / stepMs) * stepMs);
  return { from: asInstant(until - hours * HOUR_MS), until, stepMs };
}

/** The instants of a span, oldest first. */
export const instantsOf = ({ from, until, stepMs }: RateSpan): Instant[] =>
  Array.from({ length: Math.floor((until - from) / stepMs) + 1 }, (_, n) => asInstant(from + n * stepMs));

/** The instant of each resolution that began since the last update, with its distance: the points that are due. */
export const historyInstants = (last: Instant | undefined, now: Instant): HistoryInstant[] =>
  RESOLUTIONS.map(({ stepMs, maxHours }) => ({
    at: asInstant(Math.floor(now / stepMs) * stepMs),
    stepMs,
    keptMs: maxHours * HOUR_MS,
  })).filter(({ at }) => last === undefined || last < at);
