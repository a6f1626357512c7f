import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { type Halt, type Halts, NO_HALTS } from '#core/halts/halts.ts';
import type { HaltRows } from '#core/halts/ports.ts';
import { HALTS, type HaltName } from '#core/halts/states.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { HALT_SHARDS, haltShard, haltsKey } from './keys.ts';
import type { Write } from './transact.ts';

/**
 * All halts in one item, which is stored several times: a transaction that checks a halt takes one of the copies, so
 * that transactions at once seldom wait for each other. A change writes all copies.
 */
export const dynamoHalts = (client: DynamoDBDocumentClient, TableName: string): HaltRows => ({
  async read() {
    const command = new GetCommand({ TableName, Key: haltsKey(0), ConsistentRead: true });
    const { Item } = await client.send(command);
    return Item ? haltsOf(Item) : NO_HALTS;
  },
});

/** The race it closes: two admins change halts at once. The second one reads the change of the first. */
export const haltsWrites = (TableName: string, next: Halts): Write<'changed_since'>[] =>
  HALT_SHARDS.map((shard) => ({
    Put: {
      TableName,
      Item: { ...haltsKey(shard), ...next },
      ConditionExpression: next.version === 1 ? 'attribute_not_exists(pk)' : '#version = :read',
      ...(next.version > 1 && {
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':read': next.version - 1 },
      }),
    },
    ifNot: 'changed_since',
  }));

/** The race it closes: something starts while it is halted. Of the two transactions, one is first. */
export const notHalted = (TableName: string | undefined, name: HaltName, id: string): Write<'halted'> => ({
  ConditionCheck: {
    TableName,
    Key: haltsKey(haltShard(id)),
    ConditionExpression: 'attribute_not_exists(#halt)',
    ExpressionAttributeNames: { '#halt': name },
  },
  ifNot: 'halted',
});

/** @throws if the item is not the halts */
function haltsOf(item: Item): Halts {
  const read = readerOf(item);
  const entries = HALTS.flatMap((name) => {
    const halt = read.optional(name, read.object);
    return halt ? [[name, haltOf(halt)]] : [];
  });
  return { ...Object.fromEntries(entries), version: read.integer('version') };
}

function haltOf(item: Item): Halt {
  const read = readerOf(item);
  return { reason: read.text('reason'), since: read.integer<Instant>('since') };
}
