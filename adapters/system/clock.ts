import type { Clock } from '#core/time.ts';
import { asInstant } from '#core/time.ts';

/** The time of day. Adapters and functions ask no other clock, so that all of them follow when it is moved. */
export const systemClock: Clock = { now: () => asInstant(Date.now()) };

/** Milliseconds since any fixed moment, for durations only: it never jumps, and does not follow a moved clock. */
export const monotonicMs = (): number => performance.now();
