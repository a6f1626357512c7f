import { HOUR_MS, type Instant, later, SECOND_MS } from '#core/time.ts';

/** DynamoDB TTL in epoch seconds. One hour of slack, because expiry is enforced in code. */
export const ttlSeconds = (expiresAt: Instant) => Math.ceil(later(expiresAt, HOUR_MS) / SECOND_MS);
