import { type BalanceChange, balanceChanges } from '#core/ledger/balances.ts';
import {
  type Balance,
  isHouse,
  type LedgerAccount,
  type Move,
  mayOverdraw,
  type Transfer,
} from '#core/ledger/ledger.ts';
import type { Item } from './client.ts';
import { statementOf, statementOrder, TRADE_HOLDS, timed } from './indexes.ts';
import { balanceKey, houseShard, transferKey } from './keys.ts';
import type { Write } from './transact.ts';

/**
 * `insufficient_funds`: the payer's available balance is too small, or differs from the whole balance that was to be
 * moved. `already_settled`: the hold was settled before, or the transfer's id was used before.
 */
export type LedgerOutcome = 'insufficient_funds' | 'already_settled';

/** A balance that an answer was computed from. */
export type Seen = { account: LedgerAccount; balance: Balance };

/**
 * The ledger's part of a transaction: the rows of the transfers and one update of each balance. House accounts book in
 * the shard of the first transfer, and their balance is the sum over all shards.
 *
 * @param seen a balance that must be unchanged since it was read, else `changed_since`
 */
export function ledgerWrites(table: string, moves: readonly Move[]): Write<LedgerOutcome>[];
export function ledgerWrites(
  table: string,
  moves: readonly Move[],
  seen: Seen,
): Write<LedgerOutcome | 'changed_since'>[];
export function ledgerWrites(
  table: string,
  moves: readonly Move[],
  seen?: Seen,
): Write<LedgerOutcome | 'changed_since'>[] {
  const rows = moves.map((move) => transferWrite(table, move));
  const shard = moves[0] ? houseShard(moves[0].transfer.id) : 0;
  const overdraw = moves.some(mayOverdraw);
  const balances = balanceChanges(moves).map((change) =>
    seen?.account === change.account
      ? seenBalanceWrite(table, change, seen.balance)
      : balanceWrite(table, change, { shard, overdraw }),
  );
  return [...rows, ...balances];
}

/** The race it closes: parallel settlements of one hold, or two transfers with one id. The first write wins. */
function transferWrite(TableName: string, { step, transfer }: Move): Write<'already_settled'> {
  const settles = step === 'post' || step === 'void';
  return {
    Put: {
      TableName,
      Item: transferItem(transfer),
      ConditionExpression: settles ? '#status = :pending' : 'attribute_not_exists(pk)',
      ...(settles && {
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':pending': 'pending' },
      }),
    },
    ifNot: 'already_settled',
  };
}

/**
 * The race it closes: two payments out of one balance. The amount is available, or nothing is written. If the whole
 * balance moves, it also closes the race with a credit after the balance was read.
 */
function balanceWrite(
  TableName: string,
  change: BalanceChange,
  { shard, overdraw }: { shard: number; overdraw: boolean },
): Write<LedgerOutcome> {
  const guarded = !isHouse(change.account) && change.available < 0n && !overdraw;
  return {
    Update: {
      TableName,
      Key: balanceKey(change.account, isHouse(change.account) ? shard : undefined),
      UpdateExpression: 'ADD available :available, held :held',
      ...(guarded && { ConditionExpression: `available ${change.isWhole ? '=' : '>='} :spent` }),
      ExpressionAttributeValues: {
        ':available': change.available,
        ':held': change.held,
        ...(guarded && { ':spent': -change.available }),
      },
    },
    ...(guarded && { ifNot: 'insufficient_funds' as const }),
  };
}

/** The race it closes: two movements whose stored answers are computed from the same balance. */
function seenBalanceWrite(
  TableName: string,
  { account, available, held }: BalanceChange,
  seen: Balance,
): Write<'changed_since'> {
  const untouched = seen.availablePiconero === 0n && seen.heldPiconero === 0n;
  const same = 'available = :seenAvailable AND held = :seenHeld';
  return {
    Update: {
      TableName,
      Key: balanceKey(account),
      UpdateExpression: 'ADD available :available, held :held',
      ConditionExpression: untouched ? `attribute_not_exists(pk) OR (${same})` : same,
      ExpressionAttributeValues: {
        ':available': available,
        ':held': held,
        ':seenAvailable': seen.availablePiconero,
        ':seenHeld': seen.heldPiconero,
      },
    },
    ifNot: 'changed_since',
  };
}

/**
 * A transfer as stored. It is in the payer's statement from the start, in the payee's once it is posted,
 * and in the list of holds while a trade holds it.
 */
export function transferItem(t: Transfer): Item {
  const posted = t.status === 'posted' && t.settledAt !== undefined;
  const isHeld = t.kind === 'trade' && t.status === 'pending';
  return {
    ...transferKey(t.id),
    ...t,
    ...(isHeld && { holdPk: TRADE_HOLDS, holdSk: timed(t.createdAt, t.id) }),
    ...(!isHouse(t.debit) && { debitPk: statementOf(t.debit), debitSk: statementOrder(t.createdAt, t.id) }),
    ...(!isHouse(t.credit) &&
      posted && { creditPk: statementOf(t.credit), creditSk: statementOrder(t.settledAt!, t.id) }),
  };
}
