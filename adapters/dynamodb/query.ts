import { BatchGetCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import type { Item } from './client.ts';
import type { Index } from './indexes.ts';
import type { Key } from './keys.ts';

/** A query of one partition of an index, starting after `after`. */
export type Range = {
  table: string;
  index: Index;
  partition: string;
  /** The sort key of the last item that was seen. */
  after?: string | undefined;
  newestFirst: boolean;
  /** Upper bound of items that are read. A filter can return fewer. */
  limit: number;
  filter?:
    | { expression: string; names?: Record<string, string>; values: Record<string, unknown> }
    | undefined;
};

/** Runs one query. `more`: the sort key of the last item that was read, if the partition may have more. */
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

/** The items of one partition of an index whose sort key begins with `prefix`, in ascending order. */
export async function queryPrefix(
  client: DynamoDBDocumentClient,
  {
    table,
    index,
    partition,
    prefix,
    after,
    limit,
  }: Omit<Range, 'newestFirst' | 'filter'> & { prefix: string },
): Promise<{ items: Item[]; more?: string }> {
  // DynamoDB takes one condition on a sort key, so a later page is a range up to the end of the prefix.
  const command = new QueryCommand({
    TableName: table,
    IndexName: index.name,
    KeyConditionExpression:
      after === undefined
        ? '#pk = :pk AND begins_with(#sk, :from)'
        : '#pk = :pk AND #sk BETWEEN :from AND :to',
    Limit: limit,
    ExpressionAttributeNames: { '#pk': index.pk, '#sk': index.sk },
    ExpressionAttributeValues: {
      ':pk': partition,
      ...(after === undefined ? { ':from': prefix } : { ':from': justAfter(after), ':to': `${prefix}~` }),
    },
  });
  const { Items = [], LastEvaluatedKey } = await client.send(command);
  const more = LastEvaluatedKey?.[index.sk] as string | undefined;
  return more === undefined ? { items: Items } : { items: Items, more };
}

/** The first sort key after another one. */
const justAfter = (key: string) => `${key}\u0000`;

/** A query of one partition of a table, starting after `after`. */
type Partition = {
  table: string;
  pk: string;
  /** The sort key of the last item that was seen. */
  after?: string | undefined;
  newestFirst: boolean;
  limit: number;
};

/** Runs one strongly consistent query of a table. `more`: the sort key of the last item, if there may be more. */
export async function queryTable(
  client: DynamoDBDocumentClient,
  { table, pk, after, newestFirst, limit }: Partition,
): Promise<{ items: Item[]; more?: string }> {
  const beyond = after === undefined ? '' : ` AND sk ${newestFirst ? '<' : '>'} :after`;
  const command = new QueryCommand({
    TableName: table,
    KeyConditionExpression: `pk = :pk${beyond}`,
    ExpressionAttributeValues: { ':pk': pk, ...(beyond && { ':after': after }) },
    ScanIndexForward: !newestFirst,
    ConsistentRead: true,
    Limit: limit,
  });
  const { Items = [], LastEvaluatedKey } = await client.send(command);
  const more = LastEvaluatedKey?.sk as string | undefined;
  return more === undefined ? { items: Items } : { items: Items, more };
}

/** Bounds that sort before and after every sort key, because those begin with a digit. */
const FIRST = '0';
const BEYOND = ':';

export type KeyRange = {
  table: string;
  index: Index;
  partition: string;
  /** First sort key; `to` is the last one. Both are included. */
  from?: string;
  to?: string;
  limit?: number | undefined;
};

/** All items of a range of one partition in ascending order, or the first `limit` of them. */
export async function queryKeys(client: DynamoDBDocumentClient, range: KeyRange): Promise<Item[]> {
  const { table, index, partition, from = FIRST, to = BEYOND, limit } = range;
  // DynamoDB rejects a BETWEEN whose lower bound is above its upper bound.
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
/** A key as one text. */
const textOf = ({ pk, sk }: Key | Item) => `${pk} ${sk}`;

/**
 * Items by key, in the order of `keys`. Missing items are left out.
 *
 * @param reads `strong` costs twice the read units, and finds every item that an index has named
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
