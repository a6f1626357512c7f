import type { Clock } from '#core/time.ts';
import { asInstant } from '#core/time.ts';

/** The time of day. Adapters and functions ask no other clock, so that all of them follow when it is moved. */
export const systemClock: Clock = { now: () => asInstant(Date.now()) };

/**
 * Milliseconds of a monotonic clock with an arbitrary start. For durations only: it never jumps, and a moved wall clock
 * does not change it.
 */
export const monotonicMs = (): number => performance.now();
