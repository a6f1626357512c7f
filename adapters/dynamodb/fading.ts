import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { HOUR_MS, type Instant, later, SECOND_MS } from '#core/time.ts';

/** The attribute by which DynamoDB drops a row: seconds, and an hour late, as the rules themselves look at the time. */
export const fadesAfter = (expiresAt: Instant) => Math.ceil(later(expiresAt, HOUR_MS) / SECOND_MS);

/** What a write with a condition gave; `undefined` when its condition did not hold. */
export async function unlessRefused<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
