import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Connection, Connections, MarketHints, Slot } from '#core/live/ports.ts';
import { asInstant, type Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { CONNECTED, CONNECTED_PARTITIONS, connectedPartition } from './indexes.ts';
import { readerOf } from './items.ts';
import { liveSlotKey, liveSlotsPartition, MARKET_HINT_KEY } from './keys.ts';
import { queryRange } from './query.ts';
import { ttlSeconds } from './ttl.ts';
import { unlessRefused } from './writes.ts';

/** Upper bound of connections that one page reads. */
const PAGE = 100;

/** The slots of an account are one partition. An index lists the connections of all accounts. */
export function dynamoConnections(client: DynamoDBDocumentClient, TableName: string): Connections {
  return {
    async taken(accountId, now) {
      return (await slotsOf(client, TableName, accountId, now)).map((item) => readerOf(item).integer('slot'));
    },

    reserve(slot, { digest, expiresAt }, now) {
      // Two tabs that choose the same slot: the first one has it.
      const isFree = 'attribute_not_exists(pk) OR expiresAt <= :now';
      return putIf(client, TableName, isFree, { ':now': now }, { ...slotItem(slot, expiresAt), digest });
    },

    open(connection, { digest, expiresAt }) {
      const { connectionId, openedAt } = connection;
      // A ticket that is used twice: the first connection replaces its digest.
      const isValid = 'digest = :digest AND expiresAt > :now';
      const item = { ...slotItem(connection, expiresAt), connectionId, openedAt };
      return putIf(
        client,
        TableName,
        isValid,
        { ':digest': digest, ':now': openedAt },
        {
          ...item,
          connectedPk: connectedPartition(connectionId),
        },
      );
    },

    async ofAccount(accountId, now) {
      return (await slotsOf(client, TableName, accountId, now)).filter(isConnection).map(toConnection);
    },

    async page(now, after) {
      const [partition = CONNECTED_PARTITIONS[0]!, afterId = ''] = after?.split(' ') ?? [];
      const { items, more } = await queryRange(client, {
        table: TableName,
        index: CONNECTED,
        partition,
        ...(afterId && { after: afterId }),
        newestFirst: false,
        limit: PAGE,
        filter: { expression: 'expiresAt > :now', values: { ':now': now } },
      });
      const following = CONNECTED_PARTITIONS[CONNECTED_PARTITIONS.indexOf(partition) + 1];
      const next = more === undefined ? following : `${partition} ${more}`;
      return { items: items.map(toConnection), ...(next !== undefined && { next }) };
    },

    async find(connectionId) {
      const command = new QueryCommand({
        TableName,
        IndexName: CONNECTED.name,
        KeyConditionExpression: 'connectedPk = :pk AND connectionId = :id',
        ExpressionAttributeValues: { ':pk': connectedPartition(connectionId), ':id': connectionId },
      });
      const { Items: [item] = [] } = await client.send(command);
      return item && toConnection(item);
    },

    async close({ accountId, slot, connectionId }) {
      const command = new DeleteCommand({
        TableName,
        Key: liveSlotKey({ accountId, slot }),
        ConditionExpression: 'connectionId = :id', // the slot may have a new ticket or connection
        ExpressionAttributeValues: { ':id': connectionId },
      });
      await unlessRefused(() => client.send(command));
    },
  };
}

/** The times of hints about the market, in one item: `sentAt` of the last one, `nextAt` of the one that is queued. */
export function dynamoMarketHints(client: DynamoDBDocumentClient, TableName: string): MarketHints {
  const claim = async (UpdateExpression: string, ConditionExpression: string, values: Item) => {
    const command = new UpdateCommand({
      TableName,
      Key: MARKET_HINT_KEY,
      UpdateExpression,
      ConditionExpression,
      ExpressionAttributeValues: values,
    });
    return (await unlessRefused(() => client.send(command))) !== undefined;
  };

  return {
    async claim(now, everyMs) {
      const before = asInstant(now - everyMs);
      const isDue = 'attribute_not_exists(sentAt) OR sentAt <= :before';
      if (await claim('SET sentAt = :now', isDue, { ':now': now, ':before': before })) return 'now';
      // Half an interval of slack, because the queued job may arrive a little early.
      const soon = asInstant(now + everyMs / 2);
      const nobodyAsks = 'attribute_not_exists(nextAt) OR nextAt <= :soon';
      const next = { ':next': asInstant(now + everyMs), ':soon': soon };
      return (await claim('SET nextAt = :next', nobodyAsks, next)) ? 'later' : 'never';
    },
  };
}

/** The unused tickets and connections of an account. */
async function slotsOf(
  client: DynamoDBDocumentClient,
  TableName: string,
  accountId: Connection['accountId'],
  now: Instant,
): Promise<Item[]> {
  const command = new QueryCommand({
    TableName,
    KeyConditionExpression: 'pk = :pk',
    FilterExpression: 'expiresAt > :now',
    ExpressionAttributeValues: { ':pk': liveSlotsPartition(accountId), ':now': now },
    ConsistentRead: true,
  });
  const { Items = [] } = await client.send(command);
  return Items;
}

const slotItem = ({ accountId, slot }: Slot, expiresAt: Instant) => ({
  ...liveSlotKey({ accountId, slot }),
  accountId,
  slot,
  expiresAt,
  expiresAtSeconds: ttlSeconds(expiresAt),
});

/** Writes an item if the condition holds. @returns whether it was written */
async function putIf(
  client: DynamoDBDocumentClient,
  TableName: string,
  ConditionExpression: string,
  ExpressionAttributeValues: Item,
  Item: Item,
): Promise<boolean> {
  const command = new PutCommand({ TableName, Item, ConditionExpression, ExpressionAttributeValues });
  return (await unlessRefused(() => client.send(command))) !== undefined;
}

const isConnection = (item: Item) => item.connectionId !== undefined;

function toConnection(item: Item): Connection {
  const read = readerOf(item);
  return {
    accountId: read.text('accountId'),
    slot: read.integer('slot'),
    connectionId: read.text('connectionId'),
    openedAt: read.integer('openedAt'),
  };
}
