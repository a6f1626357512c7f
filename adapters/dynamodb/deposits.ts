import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Deposit } from '#core/deposits/deposits.ts';
import type { Deposits } from '#core/deposits/ports.ts';
import type { Log } from '#core/log.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { accountPayments } from './account-payments.ts';
import { depositItem, depositOf } from './deposit-items.ts';
import { depositLists } from './deposit-lists.ts';
import { rowsOf } from './items.ts';
import { addressKey, depositKey, receivingKey } from './keys.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { type StoreParts, transactWithEvents } from './outbox.ts';
import { getMany } from './query.ts';
import type { Write } from './transact.ts';
import { versionedWrite } from './versions.ts';

export function dynamoDeposits(
  client: DynamoDBDocumentClient,
  tables: { payments: string; ledger: string },
  { events, log }: StoreParts,
): Deposits {
  const table = tables.payments;
  return {
    async getMany(ids) {
      const found = await getMany(client, table, ids.map(depositKey), 'strong');
      return rowsOf(found, depositOf);
    },

    ...accountDeposits(client, table, log),

    async add(deposit, happened) {
      const Key = addressKey(deposit.address);
      const { Item: address } = await client.send(
        new GetCommand({ TableName: table, Key, ConsistentRead: true }),
      );
      const isFirst = address?.countsAsUnused === true;
      const writes: Write<'changed_since' | 'used'>[] = [
        // Two watchers at once: the second finds the deposit of the first.
        newWrite(table, deposit),
        ...receivingWrite(table, deposit, { pending: pendingIn(deposit), unused: isFirst ? -1 : 0 }),
        ...(isFirst ? [usedWrite(table, deposit.address)] : []),
      ];
      const outcome = await transactWithEvents(client, writes, happened, events);
      // Another deposit to this address was written first.
      if (outcome === 'used') return this.add(deposit, happened);
      return outcome && 'exists';
    },

    async save({ from, to, moves, events: happened }) {
      const writes = [
        // Two watchers at once: the first one credits, and the money moves with it.
        versionedWrite(table, depositItem(to)),
        ...receivingWrite(table, to, { pending: pendingIn(to) - pendingIn(from) }),
        ...ledgerWrites(tables.ledger, moves),
      ];
      const failed = await transactWithEvents(client, writes, happened, events);
      if (failed && failed !== 'changed_since')
        throw new Error(`the transfer of deposit ${to.id} does not fit its state: ${failed}`);
      return failed;
    },

    ...depositLists(client, table),
  };
}

/** The deposits of an account and their pending sum, for functions that change no deposit. */
export function accountDeposits(
  client: DynamoDBDocumentClient,
  table: string,
  log: Pick<Log, 'error'>,
): Pick<Deposits, 'ofAccount' | 'pending'> {
  return {
    ofAccount: accountPayments({ client, table, log, kind: 'deposit', read: depositOf }),

    async pending(accountId) {
      const { Item } = await client.send(new GetCommand({ TableName: table, Key: receivingKey(accountId) }));
      return asPiconero((Item?.pendingPiconero as bigint | undefined) ?? 0n);
    },
  };
}

const pendingIn = (deposit: Deposit): bigint => (deposit.state === 'seen' ? deposit.amountPiconero : 0n);

const newWrite = (TableName: string, deposit: Deposit): Write<'changed_since'> => ({
  Put: { TableName, Item: depositItem(deposit), ConditionExpression: 'attribute_not_exists(pk)' },
  ifNot: 'changed_since',
});

/** The race it closes: two first deposits to one address. The account's counter goes down once. */
const usedWrite = (TableName: string, address: string): Write<'used'> => ({
  Update: {
    TableName,
    Key: addressKey(address),
    UpdateExpression: 'REMOVE countsAsUnused',
    ConditionExpression: 'attribute_exists(countsAsUnused)',
  },
  ifNot: 'used',
});

/**
 * Updates the account's totals: its pending amount, so that the wallet page costs one read, and its number of unused
 * addresses.
 */
const receivingWrite = (
  TableName: string,
  { accountId }: Deposit,
  { pending, unused = 0 }: { pending: bigint; unused?: number },
): Write[] =>
  pending === 0n && unused === 0
    ? []
    : [
        {
          Update: {
            TableName,
            Key: receivingKey(accountId),
            UpdateExpression: 'ADD pendingPiconero :pending, unusedAddresses :unused',
            ExpressionAttributeValues: { ':pending': pending, ':unused': unused },
          },
        },
      ];
