import { type DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from './client.ts';
import type { Key } from './keys.ts';
import type { Write } from './transact.ts';
import { unlessRefused } from './writes.ts';

/** The race it closes: two writers of one item. The stored version is `next.version - 1`, or nothing is written. */
const leavesVersion = (TableName: string, next: Item & { version?: unknown }) => ({
  TableName,
  Item: next,
  ConditionExpression: '#version = :read',
  ExpressionAttributeNames: { '#version': 'version' },
  ExpressionAttributeValues: { ':read': Number(next.version) - 1 },
});

/** As part of a transaction. */
export const versionedWrite = (table: string, next: Item): Write<'changed_since'> => ({
  Put: leavesVersion(table, next),
  ifNot: 'changed_since',
});

/** As part of a transaction that does not change the item: it still has the version that was read. */
export const unchangedWrite = (TableName: string, Key: Key, version: number): Write<'changed_since'> => ({
  ConditionCheck: {
    TableName,
    Key,
    ConditionExpression: '#version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': version },
  },
  ifNot: 'changed_since',
});

/** As a single write, because it costs half the write units of one in a transaction. */
export async function putIfVersion(client: DynamoDBDocumentClient, table: string, next: Item) {
  const command = new PutCommand(leavesVersion(table, next));
  return (await unlessRefused(() => client.send(command))) ? undefined : ('changed_since' as const);
}
