import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { type Sleep, untilFree } from './writes.ts';

type TransactItem = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** One write of a transaction. `ifNot` names the outcome if its condition does not hold. */
export type Write<Outcome extends string = never> = TransactItem & { ifNot?: Outcome };

/**
 * Writes all or nothing.
 *
 * @returns `undefined` when written; otherwise the `ifNot` of the first write, in the order given, whose condition
 *   did not hold
 * @throws the SDK's error if the store cannot be reached or stays contended
 */
export function transact<Outcome extends string>(
  client: DynamoDBDocumentClient,
  writes: readonly Write<Outcome>[],
  sleep?: Sleep,
): Promise<Outcome | undefined> {
  const TransactItems = writes.map(({ ifNot: _, ...write }) => write);
  return untilFree(async () => {
    try {
      await client.send(new TransactWriteCommand({ TransactItems }));
      return undefined;
    } catch (error) {
      const refused = refusedBy(error, writes);
      if (refused) return refused;
      throw error;
    }
  }, sleep);
}

function refusedBy<Outcome extends string>(error: unknown, writes: readonly Write<Outcome>[]) {
  if (!(error instanceof TransactionCanceledException)) return undefined;
  const reasons = error.CancellationReasons ?? [];
  return writes[reasons.findIndex(({ Code }) => Code === 'ConditionalCheckFailed')]?.ifNot;
}
