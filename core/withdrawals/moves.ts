import type { AccountId } from '../ids.ts';
import {
  hold,
  houseAccount,
  type Move,
  post,
  type Transfer,
  transfer,
  userAccount,
  voided,
} from '../ledger/ledger.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { Withdrawal } from './withdrawals.ts';

/** The hold of what arrives. A hold is never changed before it settles, so it need not be read to be settled. */
const amountHold = (w: Withdrawal): Transfer => ({
  ...causedBy(w),
  id: w.amountTransferId,
  kind: 'withdrawal',
  credit: houseAccount('payouts'),
  amountPiconero: w.amountPiconero,
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

/** At the request: amount and maximum fee can be spent nowhere else from now on. */
export const holdBoth = (w: Withdrawal): Move[] => [hold(amountHold(w)), hold(feeHold(w))];

/** Never to be mined: everything goes back. */
export const giveBack = (w: Withdrawal, at: Instant): Move[] => [
  voided(amountHold(w), at),
  voided(feeHold(w), at),
];

/** Mined for good: the amount has left, the fee was `feePiconero`, the rest of its hold goes back. */
export const settle = (w: Withdrawal, feePiconero: Piconero, at: Instant): Move[] => [
  post(amountHold(w), at),
  post(feeHold(w), at, feePiconero),
];

/** To another member here: moved at once, no chain, no fee. */
export const moveInside = (w: Withdrawal, payee: AccountId): Move[] => [
  transfer({
    id: w.amountTransferId,
    kind: 'internal',
    debit: userAccount(w.accountId),
    credit: userAccount(payee),
    amountPiconero: w.amountPiconero,
    createdAt: w.requestedAt,
    withdrawalId: w.id,
  }),
];
