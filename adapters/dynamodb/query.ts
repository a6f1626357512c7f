import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from './client.ts';
import type { Index } from './indexes.ts';
import type { Key } from './keys.ts';

/** Where and how a query reads: one partition of an index, from `after` on. */
export type Range = {
  table: string;
  index: Index;
  partition: string;
  /** The sort key of the last item that was seen. */
  after?: string | undefined;
  newestFirst: boolean;
  /** How many items are read at most; a filter can leave fewer. */
  limit: number;
  filter?:
    | { expression: string; names?: Record<string, string>; values: Record<string, unknown> }
    | undefined;
};

/** One query. `more`: the sort key of the last item read, if the partition may hold more. */
export async function queryRange(
  client: DynamoDBDocumentClient,
  range: Range,
): Promise<{ items: Item[]; more?: string }> {
  const { filter, after, index } = range;
  const beyond = after === undefined ? '' : ` AND #sk ${range.newestFirst ? '<' : '>'} :after`;
  const command = new QueryCommand({
    TableName: range.table,
    IndexName: index.name,
    KeyConditionExpression: `#pk = :pk${beyond}`,
    ScanIndexForward: !range.newestFirst,
    Limit: range.limit,
    ...(filter && { FilterExpression: filter.expression }),
    ExpressionAttributeNames: { '#pk': index.pk, ...(beyond && { '#sk': index.sk }), ...filter?.names },
    ExpressionAttributeValues: {
      ':pk': range.partition,
      ...(beyond && { ':after': after }),
      ...filter?.values,
    },
  });
  const { Items = [], LastEvaluatedKey } = await client.send(command);
  const more = LastEvaluatedKey?.[index.sk] as string | undefined;
  return more === undefined ? { items: Items } : { items: Items, more };
}

/** Before and after every sort key that begins with a digit. */
const FIRST = '0';
const BEYOND = ':';

export type KeyRange = {
  table: string;
  index: Index;
  partition: string;
  /** Sort keys from here on, up to and including `to`. */
  from?: string;
  to?: string;
  limit?: number | undefined;
};

/** What an index of keys holds of one partition, in ascending order: everything in the range, or the first `limit`. */
export async function queryKeys(client: DynamoDBDocumentClient, range: KeyRange): Promise<Item[]> {
  const { table, index, partition, from = FIRST, to = BEYOND, limit } = range;
  // DynamoDB refuses such a BETWEEN as an error.
  if (from > to) return [];
  const items: Item[] = [];
  let ExclusiveStartKey: Item | undefined;
  do {
    const command = new QueryCommand({
      TableName: table,
      IndexName: index.name,
      KeyConditionExpression: '#pk = :pk AND #sk BETWEEN :from AND :to',
      ExpressionAttributeNames: { '#pk': index.pk, '#sk': index.sk },
      ExpressionAttributeValues: { ':pk': partition, ':from': from, ':to': to },
      ...(limit !== undefined && { Limit: limit - items.length }),
      ExclusiveStartKey,
    });
    const { Items = [], LastEvaluatedKey } = await client.send(command);
    items.push(...Items);
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey && (limit === undefined || items.length < limit));
  return items;
}

const BATCH = 100;
/** A key as one text; an item says more than its key. */
const textOf = ({ pk, sk }: Key | Item) => `${pk} ${sk}`;

/**
 * Items by key, in the order of `keys`; those that are not there are left out.
 *
 * @param reads `strong`: as last written, for twice the read units; whatever an index named is surely found
 */
export async function getMany(
  client: DynamoDBDocumentClient,
  table: string,
  keys: readonly Key[],
  reads: 'strong' | 'eventual',
): Promise<Item[]> {
  const ConsistentRead = reads === 'strong';
  const found = new Map<string, Item>();
  let wanted = [...new Map(keys.map((key) => [textOf(key), key])).values()];
  while (wanted.length) {
    const RequestItems = { [table]: { Keys: wanted.slice(0, BATCH), ConsistentRead } };
    const { Responses, UnprocessedKeys } = await client.send(new BatchGetCommand({ RequestItems }));
    for (const item of Responses?.[table] ?? []) found.set(textOf(item), item);
    const unprocessed = (UnprocessedKeys?.[table]?.Keys ?? []) as typeof wanted;
    wanted = [...unprocessed, ...wanted.slice(BATCH)];
  }
  return keys.map((key) => found.get(textOf(key))).filter((item) => item !== undefined);
}
