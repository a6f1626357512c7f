import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountId, WithdrawalId } from '#core/ids.ts';
import { queuedChange } from '#core/withdrawals/limits.ts';
import type { Change, Withdrawals } from '#core/withdrawals/ports.ts';
import type { Withdrawal } from '#core/withdrawals/withdrawals.ts';
import type { Item } from './client.ts';
import { rememberWrite } from './idempotency.ts';
import {
  PAYMENTS_BY_ACCOUNT,
  PAYMENTS_BY_STATE,
  paymentsOf,
  waitingOrder,
  withdrawalsIn,
} from './indexes.ts';
import { entityOf } from './items.ts';
import { keyOf, PAYER_KEY, receivingKey, withdrawalKey } from './keys.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { getMany, queryRange } from './query.ts';
import { spendingWrites } from './second-factors.ts';
import { readPayment, type StoredPayment, storedPayment } from './stored-payment.ts';
import { transact, type Write } from './transact.ts';
import { putIfVersion, versionedWrite } from './versions.ts';

/** `secondFactors` is needed where withdrawals are requested, because a request may spend a code. */
type Tables = { payments: string; ledger: string; secondFactors?: string };

export function dynamoWithdrawals(client: DynamoDBDocumentClient, tables: Tables): Withdrawals {
  const table = tables.payments;

  async function waiting(state: 'queued' | 'broadcast', limit: number): Promise<Withdrawal[]> {
    const { items } = await queryRange(client, {
      table,
      index: PAYMENTS_BY_STATE,
      partition: withdrawalsIn(state),
      newestFirst: false,
      limit,
    });
    const withdrawals = (await getMany(client, table, items.map(keyOf), 'strong')).map(fromItem);
    // The index may lag behind the items.
    return withdrawals.filter((withdrawal) => withdrawal.state === state);
  }

  return {
    async get(id) {
      const command = new GetCommand({ TableName: table, Key: withdrawalKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && fromItem(Item);
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
      const found = await getMany(client, table, items.map(keyOf), 'strong');
      return { items: found.map(fromItem), ...(more !== undefined && { next: { before: more } }) };
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
        ...(withdrawal.countsAsQueued ? [oneMoreQueuedWrite(table, withdrawal.accountId, maxQueued)] : []),
        // Two payments out of one balance: the held amount is available, or nothing is written.
        ...ledgerWrites(tables.ledger, moves),
      ]);
      if (failed === 'already_settled') throw new Error(`a new withdrawal's ids are taken: ${withdrawal.id}`);
      return failed;
    },

    async save({ from, to, moves = [] }) {
      const ends = from.state === 'prepared' && to.state !== 'prepared';
      const counted = queuedWrites(table, from, to);
      if (!ends && !moves.length && !counted.length) return putIfVersion(client, table, toItem(to));
      const failed = await transact(client, [
        // Two workers at one withdrawal: the first one wins, and the money moves with it.
        versionedWrite(table, toItem(to)),
        ...(ends ? [roomWrite(table, to.id)] : []),
        ...counted,
        ...ledgerWrites(tables.ledger, moves),
      ]);
      if (failed && failed !== 'changed_since')
        throw new Error(`the holds of withdrawal ${to.id} do not fit its state: ${failed}`);
      return failed;
    },

    saveAsPrepared: ({ from, to }: Change, holder) =>
      transact(client, [
        versionedWrite(table, toItem(to)),
        slotWrite(table, to.id, holder),
        ...queuedWrites(table, from, to),
      ]),
  };
}

const newWrite = (TableName: string, withdrawal: Withdrawal): Write<'already_settled'> => ({
  Put: { TableName, Item: toItem(withdrawal), ConditionExpression: 'attribute_not_exists(pk)' },
  ifNot: 'already_settled',
});

/** The race it closes: parallel withdrawals of one account that are each within the limit and together above it. */
const oneMoreQueuedWrite = (
  TableName: string,
  accountId: AccountId,
  maxQueued: number,
): Write<'too_many_open'> => ({
  Update: {
    TableName,
    Key: receivingKey(accountId),
    UpdateExpression: 'ADD queuedWithdrawals :one',
    ConditionExpression: 'attribute_not_exists(queuedWithdrawals) OR queuedWithdrawals < :max',
    ExpressionAttributeValues: { ':one': 1, ':max': maxQueued },
  },
  ifNot: 'too_many_open',
});

/** Needs no condition, because the condition on the withdrawal's version lets each step happen once. */
function queuedWrites(TableName: string, from: Withdrawal, to: Withdrawal): Write[] {
  const change = queuedChange(from, to);
  if (change === 0) return [];
  const Update = {
    TableName,
    Key: receivingKey(to.accountId),
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

/** The index by-state has queued withdrawals by the time of their last message, and broadcast ones by age. */
function toItem(w: Withdrawal): Item {
  const { state } = w;
  const since = state === 'queued' ? w.sentAt : w.requestedAt;
  const waits = (state === 'queued' || state === 'broadcast') && {
    statePk: withdrawalsIn(state),
    stateSk: waitingOrder(since, w.id),
  };
  return {
    ...withdrawalKey(w.id),
    ...w,
    ...(w.prepared && { prepared: storedPayment(w.prepared) }),
    accountPk: paymentsOf('withdrawal', w.accountId),
    accountSk: w.id,
    ...waits,
  };
}

const NUMBERS = [
  'attempt',
  'sentAt',
  'requestedAt',
  'changedAt',
  'minedHeight',
  'rivalSince',
  'version',
] as const;

function fromItem(item: Item): Withdrawal {
  const withdrawal = entityOf<Withdrawal>(item, NUMBERS);
  const { prepared } = item;
  return prepared ? { ...withdrawal, prepared: readPayment(prepared as StoredPayment) } : withdrawal;
}
