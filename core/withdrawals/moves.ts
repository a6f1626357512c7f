import type { AccountId } from '../ids.ts';
import {
  hold,
  houseAccount,
  type Move,
  ofWholeBalance,
  post,
  type Transfer,
  transfer,
  userAccount,
  voided,
} from '../ledger/ledger.ts';
import { asPiconero, type Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { Internal, OnChainWithdrawal, Queued, Withdrawal } from './withdrawals.ts';

/** Amount and fee together, which `max` holds in one transfer. */
export const totalOf = (w: OnChainWithdrawal): Piconero => asPiconero(w.amountPiconero + w.feePiconero);

/**
 * The hold of the amount. With `max` it includes the fee, because only the signed transaction says how the total is
 * divided. A hold does not change until it settles, so it is built from the withdrawal and not read.
 */
const amountHold = (w: OnChainWithdrawal): Transfer => ({
  ...causedBy(w),
  id: w.amountTransferId,
  kind: 'withdrawal',
  credit: houseAccount('payouts'),
  amountPiconero: w.max ? totalOf(w) : w.amountPiconero,
});

/** The hold of the quoted maximum fee. */
const feeHold = (w: OnChainWithdrawal): Transfer => ({
  ...causedBy(w),
  id: w.feeTransferId,
  kind: 'network_fee',
  credit: houseAccount('network_fees'),
  amountPiconero: w.feeHeldPiconero,
});

const causedBy = (w: Withdrawal) => ({
  debit: userAccount(w.accountId),
  status: 'pending' as const,
  createdAt: w.requestedAt,
  withdrawalId: w.id,
});

/** Holds amount and maximum fee at the request. With `max` exactly 0 stays available. */
export const holdBoth = (w: Queued): Move[] =>
  w.max ? [ofWholeBalance(hold(amountHold(w)))] : [hold(amountHold(w)), hold(feeHold(w))];

/** Gives everything back, for a payment that can never be mined. */
export const giveBack = (w: OnChainWithdrawal, at: Instant): Move[] =>
  w.max ? [voided(amountHold(w), at)] : [voided(amountHold(w), at), voided(feeHold(w), at)];

/**
 * Posts the holds of a confirmed payment: the amount and the fee `w.feePiconero`. The rest of the fee's hold goes back.
 * With `max` there is one hold, and the fee is the part of it that does not arrive, so nothing goes back.
 */
export const settle = (w: OnChainWithdrawal, at: Instant): Move[] =>
  w.max
    ? [post(amountHold(w), at, w.amountPiconero), transfer({ ...feeHold(w), amountPiconero: w.feePiconero })]
    : [post(amountHold(w), at), post(feeHold(w), at, w.feePiconero)];

/**
 * Moves the amount to another member at once, without a fee.
 *
 * @param whole whether the amount is the whole available balance
 */
export function moveInside(w: Internal, payee: AccountId, whole: boolean): Move[] {
  const move = transfer({
    id: w.amountTransferId,
    kind: 'internal',
    debit: userAccount(w.accountId),
    credit: userAccount(payee),
    amountPiconero: w.amountPiconero,
    createdAt: w.requestedAt,
    withdrawalId: w.id,
  });
  return [whole ? ofWholeBalance(move) : move];
}
