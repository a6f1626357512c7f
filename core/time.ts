declare const instant: unique symbol;

/** A point in time: milliseconds since 1970 UTC. */
export type Instant = number & { readonly [instant]: true };

export const asInstant = (epochMs: number) => epochMs as Instant;

export const SECOND_MS = 1_000;
export const MINUTE_MS = 60 * SECOND_MS;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

/** @param durationMs milliseconds */
export const later = (from: Instant, durationMs: number) => asInstant(from + durationMs);

/** The only source of "now" for the rules. It is injected, so that tests can set it. */
export interface Clock {
  now(): Instant;
}
