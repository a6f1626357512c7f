import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { IdempotencyRows, Remembered } from '#core/idempotency.ts';
import { idempotencyKey } from './keys.ts';
import type { Write } from './transact.ts';

/** Answers kept in the table of the operation whose transaction writes them, so that no other table is needed. */
export function idempotencyRows(client: DynamoDBDocumentClient, table: string): IdempotencyRows {
  return {
    async find({ accountId, operation, key }) {
      const Key = idempotencyKey(accountId, operation, key);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key, ConsistentRead: true }));
      if (!Item) return undefined;
      return { ...(Item.remembered as Remembered), status: Number(Item.remembered.status) };
    },
  };
}

/** The race it closes: two requests with one key. The second finds the row, and the HTTP layer replays its answer. */
export const rememberWrite = (table: string, remembered: Remembered): Write<'idempotency_key_reused'> => ({
  Put: {
    TableName: table,
    Item: { ...idempotencyKey(remembered.accountId, remembered.operation, remembered.key), remembered },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
  ifNot: 'idempotency_key_reused',
});
