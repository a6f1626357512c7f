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
import { statementOf, statementOrder } from './indexes.ts';
import { balanceKey, houseShard, transferKey } from './keys.ts';
import type { Write } from './transact.ts';

/** `insufficient_funds`: the payer's available balance is too small (or not the whole that was to be moved). `already_settled`: the hold was settled before. */
export type LedgerOutcome = 'insufficient_funds' | 'already_settled';

/** A balance that an answer was made from. */
export type Seen = { account: LedgerAccount; balance: Balance };

/**
 * The ledger's half of a transaction: the transfers' rows and one update of each balance they touch. House accounts
 * book in the shard of the first transfer; only the sum over their shards means anything.
 *
 * @param seen a balance among them that must still be the one that was read; `changed_since` when it is not
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

/** The race it closes: a hold settles once, whoever asks; a transfer's id is used once. */
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
 * The race it closes: two payments out of one balance. The amount is still there, or nothing is written at all. Where
 * the whole balance moves, a credit that came after it was read is another such race.
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
    ifNot: 'insufficient_funds',
  };
}

/** The race it closes: two movements, each answered with the balance that it makes of the same one. */
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

/** A transfer as stored. The payer's statement finds it from the start, the payee's once it is posted. */
export function transferItem(t: Transfer): Item {
  const posted = t.status === 'posted' && t.settledAt !== undefined;
  return {
    ...transferKey(t.id),
    ...t,
    ...(!isHouse(t.debit) && { debitPk: statementOf(t.debit), debitSk: statementOrder(t.createdAt, t.id) }),
    ...(!isHouse(t.credit) &&
      posted && { creditPk: statementOf(t.credit), creditSk: statementOrder(t.settledAt!, t.id) }),
  };
}
