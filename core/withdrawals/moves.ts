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
import { asPiconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { Withdrawal } from './withdrawals.ts';

/**
 * The hold of what arrives; with `max` of the fee as well, because only the signed transaction says how the two share
 * it. A hold is never changed before it settles, so it need not be read to be settled.
 */
const amountHold = (w: Withdrawal): Transfer => ({
  ...causedBy(w),
  id: w.amountTransferId,
  kind: 'withdrawal',
  credit: houseAccount('payouts'),
  amountPiconero: w.max ? asPiconero(w.amountPiconero + w.feePiconero) : w.amountPiconero,
});

/** The hold of the quoted maximum fee. */
const feeHold = (w: Withdrawal): Transfer => ({
  ...causedBy(w),
  id: w.feeTransferId!,
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

/** At the request: amount and maximum fee can be spent nowhere else from now on. With `max` exactly 0 stays available. */
export const holdBoth = (w: Withdrawal): Move[] =>
  w.max ? [ofWholeBalance(hold(amountHold(w)))] : [hold(amountHold(w)), hold(feeHold(w))];

/** Never to be mined: everything goes back. */
export const giveBack = (w: Withdrawal, at: Instant): Move[] =>
  w.max ? [voided(amountHold(w), at)] : [voided(amountHold(w), at), voided(feeHold(w), at)];

/**
 * Mined for good: the amount has left, the fee was `w.feePiconero`, and the rest of its hold goes back. With `max` the
 * fee is what the amount leaves of the one hold, so that nothing goes back.
 */
export const settle = (w: Withdrawal, at: Instant): Move[] =>
  w.max
    ? [post(amountHold(w), at, w.amountPiconero), transfer({ ...feeHold(w), amountPiconero: w.feePiconero })]
    : [post(amountHold(w), at), post(feeHold(w), at, w.feePiconero)];

/** To another member here: moved at once, no chain, no fee. @param whole everything that is available */
export function moveInside(w: Withdrawal, payee: AccountId, whole: boolean): Move[] {
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
