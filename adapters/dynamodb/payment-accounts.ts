import { DeleteCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountId } from '#core/ids.ts';
import { MAX_PAYMENT_ACCOUNTS } from '#core/payment-accounts/limits.ts';
import type { PaymentAccount } from '#core/payment-accounts/payment-accounts.ts';
import type { PaymentAccounts } from '#core/payment-accounts/ports.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { keyOf, paymentAccountCountKey, paymentAccountKey } from './keys.ts';
import { type StoreParts, transactWithEvents } from './outbox.ts';
import { queryTable } from './query.ts';
import { spendingWrites } from './second-factors.ts';
import type { Write } from './transact.ts';
import { versionedWrite } from './versions.ts';

type Tables = { paymentAccounts: string; secondFactors: string };

/**
 * Payment accounts with sealed details. Those of one account are a partition, with the row that counts them first, so
 * that one strongly consistent query finds them.
 */
export function dynamoPaymentAccounts(
  client: DynamoDBDocumentClient,
  { paymentAccounts: TableName, secondFactors }: Tables,
  { events }: Pick<StoreParts, 'events'>,
): PaymentAccounts {
  return {
    ...keptPaymentAccounts(client, TableName),
    add: ({ next, event }, proof) =>
      transactWithEvents(
        client,
        [
          ...spendingWrites(secondFactors, proof),
          countMore(TableName, next.accountId),
          { Put: { TableName, Item: toItem(next), ConditionExpression: 'attribute_not_exists(pk)' } },
        ],
        [event],
        events,
      ),
    save: ({ next, event }, proof) =>
      transactWithEvents(
        client,
        [
          ...spendingWrites(secondFactors, proof),
          versionedWrite(TableName, toItem(next)), // two changes at once, or a removal
        ],
        [event],
        events,
      ),
    remove: ({ next, event }, proof) =>
      transactWithEvents(
        client,
        [
          ...spendingWrites(secondFactors, proof),
          removal(TableName, next),
          countLess(TableName, next.accountId),
        ],
        [event],
        events,
      ),
  };
}

/** The payment accounts for functions that change none. */
export function keptPaymentAccounts(
  client: DynamoDBDocumentClient,
  TableName: string,
): Pick<PaymentAccounts, 'get' | 'ofAccount' | 'removeAll'> {
  /** The rows of an account, or those after this sort key. They fit one response, because each has few fields. */
  const rowsOf = async (accountId: AccountId, after?: string) => {
    const { pk } = paymentAccountCountKey(accountId);
    const range = { table: TableName, pk, after, newestFirst: false, limit: MAX_PAYMENT_ACCOUNTS + 1 };
    return (await queryTable(client, range)).items;
  };
  return {
    async get(accountId, id) {
      const Key = paymentAccountKey(accountId, id);
      const { Item } = await client.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
      return Item && toPaymentAccount(Item);
    },
    async ofAccount(accountId) {
      const { sk } = paymentAccountCountKey(accountId);
      return (await rowsOf(accountId, sk)).map(toPaymentAccount);
    },
    async removeAll(accountId) {
      for (const item of await rowsOf(accountId))
        await client.send(new DeleteCommand({ TableName, Key: keyOf(item) }));
    },
  };
}

/** The races it closes: a change at the same time, and a second removal, which would lower the count again. */
const removal = (TableName: string, { id, accountId, version }: PaymentAccount): Write<'changed_since'> => ({
  Delete: {
    TableName,
    Key: paymentAccountKey(accountId, id),
    ConditionExpression: '#version = :read',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': version - 1 },
  },
  ifNot: 'changed_since',
});

/** The race it closes: many additions at once, beyond the limit. */
const countMore = (TableName: string, accountId: AccountId): Write<'too_many_open'> => ({
  Update: {
    TableName,
    Key: paymentAccountCountKey(accountId),
    UpdateExpression: 'ADD paymentAccounts :one',
    ConditionExpression: 'attribute_not_exists(paymentAccounts) OR paymentAccounts < :most',
    ExpressionAttributeValues: { ':one': 1, ':most': MAX_PAYMENT_ACCOUNTS },
  },
  ifNot: 'too_many_open',
});

const countLess = (TableName: string, accountId: AccountId): Write => ({
  Update: {
    TableName,
    Key: paymentAccountCountKey(accountId),
    UpdateExpression: 'ADD paymentAccounts :less',
    ExpressionAttributeValues: { ':less': -1 },
  },
});

const toItem = (account: PaymentAccount) => ({
  ...paymentAccountKey(account.accountId, account.id),
  ...account,
});

function toPaymentAccount(item: Item): PaymentAccount {
  const read = readerOf(item);
  return {
    id: read.text('id'),
    accountId: read.text('accountId'),
    method: read.text('method'),
    sealedDetails: read.text('sealedDetails'),
    createdAt: read.integer('createdAt'),
    updatedAt: read.integer('updatedAt'),
    version: read.integer('version'),
  };
}
