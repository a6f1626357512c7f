import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { WithdrawalId } from '#core/ids.ts';
import type { Log } from '#core/log.ts';
import type { Rows } from '#core/rows.ts';
import { queuedChange } from '#core/withdrawals/limits.ts';
import type { Withdrawals } from '#core/withdrawals/ports.ts';
import type { Change } from '#core/withdrawals/transitions.ts';
import type { Withdrawal } from '#core/withdrawals/withdrawals.ts';
import { accountPayments } from './account-payments.ts';
import { notHalted } from './halts.ts';
import { rememberWrite } from './idempotency.ts';
import { PAYMENTS_BY_STATE, withdrawalsIn } from './indexes.ts';
import { rowsOf } from './items.ts';
import { keyOf, PAYER_KEY, receivingKey, withdrawalKey } from './keys.ts';
import { ledgerWrites } from './ledger-writes.ts';
import { type StoreParts, transactWithEvents } from './outbox.ts';
import { getMany, queryRange } from './query.ts';
import { spendingWrites } from './second-factors.ts';
import type { Write } from './transact.ts';
import { putIfVersion, versionedWrite } from './versions.ts';
import { withdrawalItem, withdrawalOf } from './withdrawal-items.ts';

/** `halts` is needed where they are paid, and `secondFactors` where they are requested, because that may spend a code. */
type Tables = { payments: string; ledger: string; halts?: string; secondFactors?: string };

export function dynamoWithdrawals(
  client: DynamoDBDocumentClient,
  tables: Tables,
  { events, log }: StoreParts,
): Withdrawals {
  const table = tables.payments;
  const stored = { client, table };
  return {
    async get(id) {
      const command = new GetCommand({ TableName: table, Key: withdrawalKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && withdrawalOf(Item);
    },

    ...accountWithdrawals(client, table, log),

    queued: (limit) => waiting(stored, 'queued', limit),
    broadcast: (limit) => waiting(stored, 'broadcast', limit),

    async add({ withdrawal, moves, events: happened, remembered, maxQueued, proof }) {
      const writes = [
        // Two requests with one key at once: the second finds the row.
        rememberWrite(table, remembered),
        // Before the ledger's writes, because a spent code (403) takes precedence over a small balance (409).
        ...spendingWrites(tables.secondFactors, proof),
        newWrite(table, withdrawal),
        ...oneMoreQueuedWrites(table, withdrawal, maxQueued),
        // Two payments out of one balance: the held amount is available, or nothing is written.
        ...ledgerWrites(tables.ledger, moves),
      ];
      const failed = await transactWithEvents(client, writes, happened, events);
      if (failed === 'already_settled') throw new Error(`a new withdrawal's ids are taken: ${withdrawal.id}`);
      return failed;
    },

    async save(change) {
      const { from, to, moves } = change;
      const ends = from.state === 'prepared' && to.state !== 'prepared';
      const counted = queuedWrites(table, change);
      // A single write costs half of a write in a transaction.
      if (!ends && !moves.length && !counted.length && !change.events.length)
        return putIfVersion(client, table, withdrawalItem(to));
      const writes = [
        // Two workers at one withdrawal: the first one wins, and the money moves with it.
        versionedWrite(table, withdrawalItem(to)),
        ...(ends ? [roomWrite(table, to.id)] : []),
        ...counted,
        ...ledgerWrites(tables.ledger, moves),
      ];
      const failed = await transactWithEvents(client, writes, change.events, events);
      if (failed && failed !== 'changed_since')
        throw new Error(`the holds of withdrawal ${to.id} do not fit its state: ${failed}`);
      return failed;
    },

    saveAsPrepared(change, holder) {
      const writes = [
        versionedWrite(table, withdrawalItem(change.to)),
        notHalted(tables.halts, 'payouts', change.to.id),
        slotWrite(table, change.to.id, holder),
        ...queuedWrites(table, change),
      ];
      return transactWithEvents(client, writes, change.events, events);
    },
  };
}

/** The withdrawals of an account, for functions that change none. */
export const accountWithdrawals = (
  client: DynamoDBDocumentClient,
  table: string,
  log: Pick<Log, 'error'>,
): Pick<Withdrawals, 'ofAccount'> => ({
  ofAccount: accountPayments({ client, table, log, kind: 'withdrawal', read: withdrawalOf }),
});

/** Withdrawals in a state that a schedule follows, longest wait first. */
async function waiting<S extends 'queued' | 'broadcast'>(
  { client, table }: { client: DynamoDBDocumentClient; table: string },
  state: S,
  limit: number,
): Promise<Rows<Extract<Withdrawal, { state: S }>>> {
  const { items } = await queryRange(client, {
    table,
    index: PAYMENTS_BY_STATE,
    partition: withdrawalsIn(state),
    newestFirst: false,
    limit,
  });
  const found = await getMany(client, table, items.map(keyOf), 'strong');
  const rows = rowsOf(found, withdrawalOf);
  // The index may lag behind the items.
  const isIn = (w: Withdrawal): w is Extract<Withdrawal, { state: S }> => w.state === state;
  return { ...rows, items: rows.items.filter(isIn) };
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

/** Frees the slot for the next payment, because the withdrawal has left `prepared`. */
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
