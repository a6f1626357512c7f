import { DeleteCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountId } from '#core/ids.ts';
import { MAX_PAYMENT_ACCOUNTS } from '#core/payment-accounts/limits.ts';
import type { PaymentAccount } from '#core/payment-accounts/payment-accounts.ts';
import type { PaymentAccounts } from '#core/payment-accounts/ports.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { keyOf, paymentAccountCountKey, paymentAccountKey } from './keys.ts';
import { queryTable } from './query.ts';
import { spendingWrites } from './second-factors.ts';
import { transact, type Write } from './transact.ts';
import { versionedWrite } from './versions.ts';

/** `secondFactors` is absent in functions that spend no proofs. */
type Tables = { paymentAccounts: string; secondFactors?: string };

/**
 * Payment accounts with sealed details. Those of one account are a partition, with the row that counts them first, so
 * that one strongly consistent query finds them.
 */
export function dynamoPaymentAccounts(client: DynamoDBDocumentClient, tables: Tables): PaymentAccounts {
  const { paymentAccounts: TableName, secondFactors } = tables;
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
    add: (added, proof) =>
      transact(client, [
        ...spendingWrites(secondFactors, proof),
        countMore(TableName, added.accountId),
        {
          Put: { TableName, Item: toItem(added), ConditionExpression: 'attribute_not_exists(pk)' },
        },
      ]),
    save: (next, proof) =>
      transact(client, [
        ...spendingWrites(secondFactors, proof),
        versionedWrite(TableName, toItem(next)), // two changes at once, or a removal
      ]),
    remove: ({ accountId, id }, proof) =>
      transact(client, [
        ...spendingWrites(secondFactors, proof),
        {
          Delete: {
            TableName,
            Key: paymentAccountKey(accountId, id),
            ConditionExpression: 'attribute_exists(pk)', // two removals at once would both lower the count
          },
          ifNot: 'not_found' as const,
        },
        countLess(TableName, accountId),
      ]),
    async removeAll(accountId) {
      for (const item of await rowsOf(accountId))
        await client.send(new DeleteCommand({ TableName, Key: keyOf(item) }));
    },
  };
}

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
