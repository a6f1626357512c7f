import { HOUR_MS, type Instant, later, SECOND_MS } from '#core/time.ts';

/** The attribute by which DynamoDB drops a row: seconds, and an hour late, as the rules themselves look at the time. */
export const fadesAfter = (expiresAt: Instant) => Math.ceil(later(expiresAt, HOUR_MS) / SECOND_MS);
