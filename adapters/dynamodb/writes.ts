import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';

const TRIES = 8;
const FIRST_WAIT_MS = 15;

/** @param ms milliseconds */
export type Sleep = (ms: number) => Promise<unknown>;
const asleep: Sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Half of the wait is fixed, half is chance, so that those who collided do not collide again. */
const waitMs = (attempt: number) => FIRST_WAIT_MS * 2 ** attempt * (0.5 + Math.random() / 2);

/** AWS refuses so a transaction, and a single write to an item that a transaction is at work on. */
const isConflict = (error: unknown) =>
  error instanceof TransactionConflictException ||
  (error instanceof TransactionCanceledException &&
    (error.CancellationReasons ?? []).some(({ Code }) => Code === 'TransactionConflict'));

/**
 * Two writes on one item at once are no answer for anybody: the loser tries again with jitter.
 *
 * @throws what `write` throws otherwise, and the conflict itself when the item stays contended for some seconds
 */
export async function untilFree<T>(write: () => Promise<T>, sleep: Sleep = asleep): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await write();
    } catch (error) {
      if (!isConflict(error) || attempt + 1 >= TRIES) throw error;
      await sleep(waitMs(attempt));
    }
  }
}

/** What a single write with a condition gave; `undefined` when its condition did not hold. */
export async function unlessRefused<T>(write: () => Promise<T>, sleep?: Sleep): Promise<T | undefined> {
  try {
    return await untilFree(write, sleep);
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
