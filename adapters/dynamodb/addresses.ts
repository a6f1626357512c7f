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
import {
  FREE_ADDRESSES,
  PAYMENTS_BY_ACCOUNT,
  PAYMENTS_BY_STATE,
  paymentsOf,
  subaddressOrder,
} from './indexes.ts';
import { addressIn, addressKey, type Key, keyOf, receivingKey, SUBADDRESSES_KEY } from './keys.ts';
import { queryRange } from './query.ts';
import { transact, type Write } from './transact.ts';
import { unlessRefused } from './writes.ts';

/** Requests at once choose among this many addresses, so that they seldom choose the same one. */
const CHOICE = 50;
/** Addresses that are tried before the pool is read again. */
const TRIES = 10;
/** Upper bound of reads of the pool. Other requests may have taken all addresses of a read. */
const READINGS = 4;

/** Parallel writes, because one after the other would delay a start. */
const ADDED_AT_ONCE = 10;

export function dynamoAddresses(client: DynamoDBDocumentClient, TableName: string): Addresses {
  const get = async (Key: Key) =>
    (await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }))).Item;

  const { free, assign } = freeAddresses(client, TableName);

  const current = async (accountId: AccountId) =>
    (await get(receivingKey(accountId)))?.address as string | undefined;

  /** The race it closes: a wallet restored from its seed makes the same subaddresses again. They keep their owners. */
  const addNew = (item: Item) => {
    const command = new PutCommand({
      TableName,
      Item: item,
      ConditionExpression: 'attribute_not_exists(pk)',
    });
    return unlessRefused(() => client.send(command));
  };

  /** Called before addresses are stored, so that every address that is handed out is counted. */
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
    assign: (accountId, maxUnused) =>
      assign(accountId, (address) => anotherWrite(TableName, accountId, address, maxUnused)),
    async currentOrFirst(accountId) {
      const known = await current(accountId);
      if (known !== undefined) return known;
      const assigned = await assign(accountId, (address) => firstWrite(TableName, accountId, address));
      if (assigned === 'none_free') return undefined;
      return assigned === 'has_one' ? current(accountId) : assigned.address;
    },
    async ofAccount(accountId, { limit, after }) {
      const { items, more } = await queryRange(client, {
        table: TableName,
        index: PAYMENTS_BY_ACCOUNT,
        partition: paymentsOf('address', accountId),
        after: after?.before,
        newestFirst: true,
        limit,
      });
      const found = items.map((item) => addressIn(keyOf(item)));
      return { items: found, ...(more !== undefined && { next: { before: more } }) };
    },
    countFree: async (limit) => (await free({ Limit: limit, Select: 'COUNT' })).Count ?? 0,
    async count() {
      const { Item } = await client.send(new GetCommand({ TableName, Key: SUBADDRESSES_KEY }));
      return Item && Number(Item.subaddresses);
    },
    async addFree(addresses) {
      if (!addresses.length) return;
      await countAtLeast(Math.max(...addresses.map(({ minor }) => minor)) + 1);
      for (let at = 0; at < addresses.length; at += ADDED_AT_ONCE) {
        const some = addresses.slice(at, at + ADDED_AT_ONCE);
        await Promise.all(
          some.map(({ address, major, minor }) => {
            const listed = { statePk: FREE_ADDRESSES, stateSk: subaddressOrder(major, minor) };
            return addNew({ ...addressKey(address), address, major, minor, ...listed });
          }),
        );
      }
    },
    async addHouse(address) {
      await addNew({ ...addressKey(address), address });
    },
  };
}

/** Reads the pool, and hands out one of its addresses. */
function freeAddresses(client: DynamoDBDocumentClient, TableName: string) {
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

  /** Tries another address if one is taken already, because the index lags. */
  async function assign<Refused extends 'too_many_open' | 'has_one'>(
    accountId: AccountId,
    receiving: (address: string) => Write<Refused>,
  ): Promise<{ address: string } | Refused | 'none_free'> {
    for (let reading = 0; reading < READINGS; reading++) {
      const { Items = [] } = await free({ Limit: CHOICE });
      if (!Items.length) return 'none_free';
      for (const item of shuffled(Items).slice(0, TRIES)) {
        const address = addressIn(keyOf(item));
        const refused = await transact<Refused | 'taken'>(client, [
          receiving(address),
          takeWrite(TableName, address, accountId),
        ]);
        if (!refused) return { address };
        if (refused !== 'taken') return refused;
      }
    }
    return 'none_free';
  }

  return { free, assign };
}

const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => [Math.random(), item] as const)
    .sort(([a], [b]) => a - b)
    .map(([, item]) => item);

/** The race it closes: two accounts get one address. The first write wins. */
const takeWrite = (TableName: string, address: string, accountId: AccountId): Write<'taken'> => ({
  Update: {
    TableName,
    Key: addressKey(address),
    UpdateExpression:
      'SET accountId = :account, countsAsUnused = :true, accountPk = :list, accountSk = :address REMOVE statePk, stateSk',
    ConditionExpression: 'statePk = :free',
    ExpressionAttributeValues: {
      ':account': accountId,
      ':list': paymentsOf('address', accountId),
      ':address': address,
      ':free': FREE_ADDRESSES,
      ':true': true,
    },
  },
  ifNot: 'taken',
});

/** The race it closes: parallel requests that are each within the limit and together above it. */
const anotherWrite = (
  TableName: string,
  accountId: AccountId,
  address: string,
  maxUnused: number,
): Write<'too_many_open'> => ({
  Update: {
    TableName,
    Key: receivingKey(accountId),
    UpdateExpression: 'SET address = :address ADD unusedAddresses :one',
    ConditionExpression: 'attribute_not_exists(unusedAddresses) OR unusedAddresses < :max',
    ExpressionAttributeValues: { ':address': address, ':one': 1, ':max': maxUnused },
  },
  ifNot: 'too_many_open',
});

/** The race it closes: parallel first requests of one account. The second gets the address of the first. */
const firstWrite = (TableName: string, accountId: AccountId, address: string): Write<'has_one'> => ({
  Update: {
    TableName,
    Key: receivingKey(accountId),
    UpdateExpression: 'SET address = :address ADD unusedAddresses :one',
    ConditionExpression: 'attribute_not_exists(address)',
    ExpressionAttributeValues: { ':address': address, ':one': 1 },
  },
  ifNot: 'has_one',
});
