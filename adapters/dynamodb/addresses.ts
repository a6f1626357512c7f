import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Addresses } from '#core/deposits/ports.ts';
import type { AccountId } from '#core/ids.ts';
import type { Item } from './client.ts';
import { FREE_ADDRESSES, PAYMENTS_BY_STATE, subaddressOrder } from './indexes.ts';
import { addressIn, addressKey, type Key, keyOf, receivingKey, SUBADDRESSES_KEY } from './keys.ts';
import { transact, type Write } from './transact.ts';
import { unlessRefused } from './writes.ts';

/** Those who ask at once choose among this many, so that they seldom want the same one. */
const CHOICE = 50;
const TRIES = 10;

export function dynamoAddresses(client: DynamoDBDocumentClient, TableName: string): Addresses {
  const get = async (Key: Key) =>
    (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;

  const free = (more: { Limit: number; Select?: 'COUNT' }) =>
    client.send(
      new QueryCommand({
        TableName,
        IndexName: PAYMENTS_BY_STATE.name,
        KeyConditionExpression: `${PAYMENTS_BY_STATE.pk} = :free`,
        ExpressionAttributeValues: { ':free': FREE_ADDRESSES },
        ...more,
      }),
    );

  /** The index lags: an address may be taken though it is listed, and then another one is tried. */
  async function assign(accountId: AccountId): Promise<string | undefined> {
    const { Items = [] } = await free({ Limit: CHOICE });
    for (const item of shuffled(Items).slice(0, TRIES)) {
      const address = addressIn(keyOf(item));
      const taken = await transact(client, [
        takeWrite(TableName, address, accountId),
        currentWrite(TableName, address, accountId),
      ]);
      if (!taken) return address;
    }
    return undefined;
  }

  /** The race it closes: a wallet restored from its seed makes the same subaddresses again. They stay whose they are. */
  const addNew = (item: Item) => {
    const command = new PutCommand({
      TableName,
      Item: item,
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    return unlessRefused(() => client.send(command));
  };

  /** Counted before they are kept: one that is handed out is always counted. */
  const countAtLeast = (count: number) => {
    const command = new UpdateCommand({
      TableName,
      Key: SUBADDRESSES_KEY,
      UpdateExpression: 'SET subaddresses = :count',
      // The race it closes: two rounds at once. The higher count stays.
      ConditionExpression: 'attribute_not_exists(subaddresses) OR subaddresses < :count',
      ExpressionAttributeValues: { ':count': count },
    });
    return unlessRefused(() => client.send(command));
  };

  return {
    async ownerOf(address) {
      const found = await get(addressKey(address));
      return found && ((found.accountId as AccountId | undefined) ?? null);
    },
    current: async (accountId) => (await get(receivingKey(accountId)))?.address as string | undefined,
    assign,
    countFree: async (limit) => (await free({ Limit: limit, Select: 'COUNT' })).Count ?? 0,
    async count() {
      const { Item } = await client.send(new GetCommand({ TableName, Key: SUBADDRESSES_KEY }));
      return Item && Number(Item.subaddresses);
    },
    async addFree(addresses) {
      if (!addresses.length) return;
      await countAtLeast(Math.max(...addresses.map(({ minor }) => minor)) + 1);
      for (const { address, major, minor } of addresses) {
        const listed = { statePk: FREE_ADDRESSES, stateSk: subaddressOrder(major, minor) };
        await addNew({ ...addressKey(address), address, major, minor, ...listed });
      }
    },
    async addHouse(address) {
      await addNew({ ...addressKey(address), address });
    },
  };
}

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => [Math.random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

/** The race it closes: two accounts given one address. The first one has it. */
const takeWrite = (TableName: string, address: string, accountId: AccountId): Write<'taken'> => ({
  Update: {
    TableName,
    Key: addressKey(address),
    UpdateExpression: 'SET accountId = :account REMOVE statePk, stateSk',
    ConditionExpression: 'statePk = :free',
    ExpressionAttributeValues: { ':account': accountId, ':free': FREE_ADDRESSES },
  },
  ifNot: 'taken',
});

const currentWrite = (TableName: string, address: string, accountId: AccountId): Write<'taken'> => ({
  Update: {
    TableName,
    Key: receivingKey(accountId),
    UpdateExpression: 'SET address = :address',
    ExpressionAttributeValues: { ':address': address },
  },
  ifNot: 'taken',
});
