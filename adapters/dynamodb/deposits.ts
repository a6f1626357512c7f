import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Deposit } from '#core/deposits/deposits.ts';
import type { Deposits } from '#core/deposits/ports.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { Item } from './client.ts';
import { depositFromItem, depositLists, listKeys } from './deposit-lists.ts';
import { depositOrder, PAYMENTS_BY_ACCOUNT, paymentsOf } from './indexes.ts';
import { depositKey, keyOf, receivingKey } from './keys.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { getMany, queryRange } from './query.ts';
import { transact, type Write } from './transact.ts';
import { versionedWrite } from './versions.ts';

export function dynamoDeposits(
  client: DynamoDBDocumentClient,
  tables: { payments: string; ledger: string },
): Deposits {
  const table = tables.payments;
  return {
    async getMany(ids) {
      const found = await getMany(client, table, ids.map(depositKey), 'strong');
      return found.map(depositFromItem);
    },

    async ofAccount(accountId, { limit, after }) {
      const { items, more } = await queryRange(client, {
        table,
        index: PAYMENTS_BY_ACCOUNT,
        partition: paymentsOf('deposit', accountId),
        after: after?.before,
        newestFirst: true,
        limit,
      });
      const found = await getMany(client, table, items.map(keyOf), 'strong');
      return { items: found.map(depositFromItem), ...(more !== undefined && { next: { before: more } }) };
    },

    async pending(accountId) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: receivingKey(accountId) }));
      return asPiconero((Item?.pendingPiconero as bigint | undefined) ?? 0n);
    },

    async add(deposit) {
      await transact(client, [
        // Two watchers at once: what one of them has added is known to the other.
        newWrite(table, deposit),
        ...pendingWrite(table, deposit, pendingIn(deposit)),
      ]);
    },

    async save({ from, to, moves = [] }) {
      const failed = await transact(client, [
        // Two watchers at once: the first one credits, and the money moves with it.
        versionedWrite(table, toItem(to)),
        ...pendingWrite(table, to, pendingIn(to) - pendingIn(from)),
        ...ledgerWrites(tables.ledger, moves),
      ]);
      if (failed && failed !== 'changed_since')
        throw new Error(`the transfer of deposit ${to.id} does not fit its state: ${failed}`);
      return failed;
    },

    ...depositLists(client, table),
  };
}

const pendingIn = (deposit: Deposit): bigint => (deposit.state === 'seen' ? deposit.amountPiconero : 0n);

const newWrite = (TableName: string, deposit: Deposit): Write<'changed_since'> => ({
  Put: { TableName, Item: toItem(deposit), ConditionExpression: 'attribute_not_exists(pk)' },
  ifNot: 'changed_since',
});

/** The sum that the wallet page shows, kept as it changes, so that showing it costs one read. */
const pendingWrite = (TableName: string, { accountId }: Deposit, more: bigint): Write<'changed_since'>[] =>
  more === 0n
    ? []
    : [
        {
          Update: {
            TableName,
            Key: receivingKey(accountId),
            UpdateExpression: 'ADD pendingPiconero :more',
            ExpressionAttributeValues: { ':more': more },
          },
          ifNot: 'changed_since',
        },
      ];

const toItem = (deposit: Deposit): Item => ({
  ...depositKey(deposit.id),
  ...deposit,
  accountPk: paymentsOf('deposit', deposit.accountId),
  accountSk: depositOrder(deposit.seenAt, deposit.id),
  ...listKeys(deposit),
});
