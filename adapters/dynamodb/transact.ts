import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One write of a transaction, and the word for what it means when its condition, if it has one, does not hold. */
export type Write<Outcome extends string = never> = TransactItem & { ifNot?: Outcome };

const TRIES = 8;
const FIRST_WAIT_MS = 15;

/** Half of the wait is fixed, half is chance, so that those who collided do not collide again. */
const waitMs = (attempt: number) => FIRST_WAIT_MS * 2 ** attempt * (0.5 + Math.random() / 2);

/**
 * Writes all or nothing.
 *
 * @returns `undefined` when written; otherwise the `ifNot` of the first write, in the order given, whose condition
 *   did not hold. Two transactions on one item at once are no answer for anybody: the loser tries again with jitter.
 * @throws what the SDK throws when the store cannot be reached or stays contended.
 */
export async function transact<Outcome extends string>(
  client: DynamoDBDocumentClient,
  writes: readonly Write<Outcome>[],
  sleep: (ms: number) => Promise<unknown> = (ms) => new Promise((done) => setTimeout(done, ms)),
): Promise<Outcome | undefined> {
  const TransactItems = writes.map(({ ifNot: _, ...write }) => write);
  for (let attempt = 0; ; attempt++) {
    try {
      await client.send(new TransactWriteCommand({ TransactItems }));
      return undefined;
    } catch (error) {
      if (!(error instanceof TransactionCanceledException)) throw error;
      const reasons = error.CancellationReasons ?? [];
      const failed = reasons.findIndex((reason) => reason.Code === 'ConditionalCheckFailed');
      if (failed >= 0 && writes[failed]!.ifNot) return writes[failed]!.ifNot;
      const contended = reasons.some((reason) => reason.Code === 'TransactionConflict');
      if (!contended || attempt + 1 >= TRIES) throw error;
      await sleep(waitMs(attempt));
    }
  }
}
