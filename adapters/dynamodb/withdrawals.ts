import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { WithdrawalId } from '#core/ids.ts';
import { queuedChange } from '#core/withdrawals/limits.ts';
import type { Withdrawals } from '#core/withdrawals/ports.ts';
import type { Change } from '#core/withdrawals/transitions.ts';
import type { Withdrawal } from '#core/withdrawals/withdrawals.ts';
import { rememberWrite } from './idempotency.ts';
import { PAYMENTS_BY_ACCOUNT, PAYMENTS_BY_STATE, paymentsOf, withdrawalsIn } from './indexes.ts';
import { keyOf, PAYER_KEY, receivingKey, withdrawalKey } from './keys.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { getMany, queryRange } from './query.ts';
import { spendingWrites } from './second-factors.ts';
import { transact, type Write } from './transact.ts';
import { putIfVersion, versionedWrite } from './versions.ts';
import { withdrawalItem, withdrawalOf } from './withdrawal-items.ts';

/** `secondFactors` is needed where withdrawals are requested, because a request may spend a code. */
type Tables = { payments: string; ledger: string; secondFactors?: string };

export function dynamoWithdrawals(client: DynamoDBDocumentClient, tables: Tables): Withdrawals {
  const table = tables.payments;

  async function waiting<S extends 'queued' | 'broadcast'>(state: S, limit: number) {
    const { items } = await queryRange(client, {
      table,
      index: PAYMENTS_BY_STATE,
      partition: withdrawalsIn(state),
      newestFirst: false,
      limit,
    });
    const withdrawals = (await getMany(client, table, items.map(keyOf), 'strong')).map(withdrawalOf);
    // The index may lag behind the items.
    return withdrawals.filter((w): w is Extract<Withdrawal, { state: S }> => w.state === state);
  }

  return {
    async get(id) {
      const command = new GetCommand({ TableName: table, Key: withdrawalKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && withdrawalOf(Item);
    },

    async ofAccount(accountId, { limit, after }) {
      const { items, more } = await queryRange(client, {
        table,
        index: PAYMENTS_BY_ACCOUNT,
        partition: paymentsOf('withdrawal', accountId),
        after: after?.before,
        newestFirst: true,
        limit,
      });
      const found = (await getMany(client, table, items.map(keyOf), 'strong')).map(withdrawalOf);
      return { items: found, ...(more !== undefined && { next: { before: more } }) };
    },

    queued: (limit) => waiting('queued', limit),
    broadcast: (limit) => waiting('broadcast', limit),

    async add({ withdrawal, moves, remembered, maxQueued, proof }) {
      const failed = await transact(client, [
        // Two requests with one key at once: the second finds the row.
        rememberWrite(table, remembered),
        // Before the ledger's writes, because a spent code (403) comes before a balance that is too small (409).
        ...spendingWrites(tables.secondFactors, proof),
        newWrite(table, withdrawal),
        ...oneMoreQueuedWrites(table, withdrawal, maxQueued),
        // Two payments out of one balance: the held amount is available, or nothing is written.
        ...ledgerWrites(tables.ledger, moves),
      ]);
      if (failed === 'already_settled') throw new Error(`a new withdrawal's ids are taken: ${withdrawal.id}`);
      return failed;
    },

    async save(change) {
      const { from, to, moves } = change;
      const ends = from.state === 'prepared' && to.state !== 'prepared';
      const counted = queuedWrites(table, change);
      if (!ends && !moves.length && !counted.length) return putIfVersion(client, table, withdrawalItem(to));
      const failed = await transact(client, [
        // Two workers at one withdrawal: the first one wins, and the money moves with it.
        versionedWrite(table, withdrawalItem(to)),
        ...(ends ? [roomWrite(table, to.id)] : []),
        ...counted,
        ...ledgerWrites(tables.ledger, moves),
      ]);
      if (failed && failed !== 'changed_since')
        throw new Error(`the holds of withdrawal ${to.id} do not fit its state: ${failed}`);
      return failed;
    },

    saveAsPrepared: (change, holder) =>
      transact(client, [
        versionedWrite(table, withdrawalItem(change.to)),
        slotWrite(table, change.to.id, holder),
        ...queuedWrites(table, change),
      ]),
  };
}

const newWrite = (TableName: string, withdrawal: Withdrawal): Write<'already_settled'> => ({
  Put: { TableName, Item: withdrawalItem(withdrawal), ConditionExpression: 'attribute_not_exists(pk)' },
  ifNot: 'already_settled',
});

/** The race it closes: parallel withdrawals of one account that are each within the limit and together above it. */
function oneMoreQueuedWrites(
  TableName: string,
  withdrawal: Withdrawal,
  maxQueued: number,
): Write<'too_many_open'>[] {
  if (withdrawal.internal || !withdrawal.countsAsQueued) return [];
  const Update = {
    TableName,
    Key: receivingKey(withdrawal.accountId),
    UpdateExpression: 'ADD queuedWithdrawals :one',
    ConditionExpression: 'attribute_not_exists(queuedWithdrawals) OR queuedWithdrawals < :max',
    ExpressionAttributeValues: { ':one': 1, ':max': maxQueued },
  };
  return [{ Update, ifNot: 'too_many_open' }];
}

/** Needs no condition, because the condition on the withdrawal's version lets each step happen once. */
function queuedWrites(TableName: string, step: Change): Write[] {
  const change = queuedChange(step);
  if (change === 0) return [];
  const Update = {
    TableName,
    Key: receivingKey(step.to.accountId),
    UpdateExpression: 'ADD queuedWithdrawals :change',
    ExpressionAttributeValues: { ':change': change },
  };
  return [{ Update }];
}

/** The race it closes: a payer whose lease has ended prepares a second payment with the same coins. */
const slotWrite = (TableName: string, id: WithdrawalId, holder: string): Write<'lease_lost'> => ({
  Update: {
    TableName,
    Key: PAYER_KEY,
    UpdateExpression: 'SET prepared = :id',
    ConditionExpression: 'holder = :holder AND attribute_not_exists(prepared)',
    ExpressionAttributeValues: { ':id': id, ':holder': holder },
  },
  ifNot: 'lease_lost',
});

/** The withdrawal has left `prepared`, so the next payment may be prepared. */
const roomWrite = (TableName: string, id: WithdrawalId): Write<'changed_since'> => ({
  Update: {
    TableName,
    Key: PAYER_KEY,
    UpdateExpression: 'REMOVE prepared',
    ConditionExpression: 'prepared = :id',
    ExpressionAttributeValues: { ':id': id },
  },
  ifNot: 'changed_since',
});
