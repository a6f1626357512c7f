import type { AccountId } from '#core/ids.ts';
import type { Move } from '#core/ledger/ledger.ts';
import type { Proof } from '#core/step-up.ts';
import { holdBoth } from '#core/withdrawals/moves.ts';
import type {
  OnChainWithdrawal,
  Queued,
  Withdrawal,
  WithdrawalFailure,
  WithdrawalState,
} from '#core/withdrawals/withdrawals.ts';
import {
  fresh,
  rememberedFor,
  type WithdrawalFields,
  type WithdrawalIn,
  withdrawalWith,
} from '#tests/helpers/entities.ts';
import { give, type Stores } from './stores.ts';

/** The transaction of a withdrawal that was signed. */
export const PAID = {
  txid: 'ab'.repeat(32),
  prepared: { blob: '0a0bff', keyImages: ['01ff', '02ff'] },
};

/** The next version of a withdrawal, without ledger moves. */
export const onwards = <W extends OnChainWithdrawal, S extends WithdrawalState = W['state']>(
  from: W,
  changes: { state?: S; failureCode?: WithdrawalFailure } & WithdrawalFields,
) => ({
  from,
  to: { ...from, ...changes, version: from.version + 1 } as unknown as WithdrawalIn<S>,
  moves: [] as readonly Move[],
  events: [],
});

/** An account that can pay for `count` withdrawals. */
export async function anAccount(stores: Stores, count = 1): Promise<AccountId> {
  const accountId = fresh<AccountId>();
  await give(stores, accountId, BigInt(count) * 120n);
  return accountId;
}

type Adding = { row?: ReturnType<typeof rememberedFor>; moves?: Move[]; proof?: Proof };

/** Adds a withdrawal, with its holds unless told otherwise, where its account may have two that count as queued. */
export const add = (
  { withdrawals }: Stores,
  withdrawal: Withdrawal,
  { row = rememberedFor(withdrawal.accountId), moves = holdBoth(withdrawal as Queued), proof }: Adding = {},
) => withdrawals.add({ withdrawal, moves, events: [], remembered: row, maxQueued: 2, proof });

/** A withdrawal of that account, added with its holds. */
export async function added<S extends WithdrawalState = 'queued'>(
  stores: Stores,
  accountId: AccountId,
  changes: { state?: S } & WithdrawalFields = {},
): Promise<WithdrawalIn<S>> {
  const withdrawal = withdrawalWith({ accountId, ...changes });
  expect(await add(stores, withdrawal)).toBeUndefined();
  return withdrawal;
}
