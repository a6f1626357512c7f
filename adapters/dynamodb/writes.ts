import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import { Unavailable } from '#core/unavailable.ts';

const TRIES = 8;
const FIRST_WAIT_MS = 15;

/** @param ms milliseconds */
export type Sleep = (ms: number) => Promise<unknown>;
const asleep: Sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Half of the wait is random, so that two writes that collided do not collide again. */
const waitMs = (attempt: number) => FIRST_WAIT_MS * 2 ** attempt * (0.5 + Math.random() / 2);

/** Whether AWS refused a write because a transaction was writing the same item. */
const isConflict = (error: unknown) =>
  error instanceof TransactionConflictException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict'));

/**
 * Repeats a write with jitter while another transaction is writing the same item.
 *
 * @throws Unavailable if the item stays contended for some seconds, and every other error of `write`
 */
export async function untilFree<T>(write: () => Promise<T>, sleep: Sleep = asleep): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!isConflict(error)) throw error;
      if (attempt + 1 >= TRIES)
        throw new Unavailable('database', 'an item stays contended', { cause: error });
      await sleep(waitMs(attempt));
    }
  }
}

/** The result of a single write with a condition; `undefined` if its condition did not hold. */
export async function unlessRefused<T>(write: () => Promise<T>, sleep?: Sleep): Promise<T | undefined> {
  try {
    return await untilFree(write, sleep);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
