import type { AccountId, DepositId, TradeId, TransferId, WithdrawalId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';

/** Accounts of the house, on the other side of movements into and out of the ledger. */
export const HOUSE_ACCOUNTS = ['deposits', 'payouts', 'faucet', 'fees', 'network_fees'] as const;
export type HouseAccount = (typeof HOUSE_ACCOUNTS)[number];

export type LedgerAccount = `user:${AccountId}` | `house:${HouseAccount}`;
export const userAccount = (id: AccountId): LedgerAccount => `user:${id}`;
export const houseAccount = (name: HouseAccount): LedgerAccount => `house:${name}`;
export const isHouse = (account: LedgerAccount) => account.startsWith('house:');

export const TRANSFER_KINDS = [
  'trade',
  'withdrawal',
  'network_fee',
  'internal',
  'deposit',
  'deposit_reversal',
  'faucet',
] as const;
export type TransferKind = (typeof TRANSFER_KINDS)[number];

export const TRANSFER_STATUSES = ['pending', 'posted', 'voided'] as const;
export type TransferStatus = (typeof TRANSFER_STATUSES)[number];

/** The cause of a transfer: at most one id. */
export type Cause = { tradeId?: TradeId; withdrawalId?: WithdrawalId; depositId?: DepositId };

/**
 * One movement of `amountPiconero` from `debit` to `credit`. While `pending` it is held: taken from the payer's
 * available balance, not yet the payee's. It settles once, as `posted` or `voided`, and is never changed again.
 */
export type Transfer = Cause & {
  id: TransferId;
  kind: TransferKind;
  debit: LedgerAccount;
  credit: LedgerAccount;
  amountPiconero: Piconero;
  status: TransferStatus;
  /** The posted amount, if it is less than the held one (a fee's quoted maximum). The rest goes back to the payer. */
  postedPiconero?: Piconero;
  createdAt: Instant;
  settledAt?: Instant;
};

export type Balance = { availablePiconero: Piconero; heldPiconero: Piconero };

/**
 * A change of one transfer. `transfer` posts at once, without a hold before it. With `wholeBalance` the amount must be
 * exactly the payer's available balance, or nothing is written.
 */
export type Move =
  | { step: 'hold' | 'transfer'; transfer: Transfer; wholeBalance?: true }
  | { step: 'post' | 'void'; transfer: Transfer };

type Opening = Omit<Transfer, 'status' | 'postedPiconero' | 'settledAt'>;

/** Reserves the amount: the payer cannot spend it elsewhere, the payee does not have it yet. */
export const hold = (opening: Opening): Move & { step: 'hold' | 'transfer' } => ({
  step: 'hold',
  transfer: { ...opening, status: 'pending' },
});

/** Moves the amount at once. */
export const transfer = (opening: Opening): Move & { step: 'hold' | 'transfer' } => ({
  step: 'transfer',
  transfer: { ...opening, status: 'posted', settledAt: opening.createdAt },
});

/** The same move on the condition that it leaves exactly 0 available. */
export const ofWholeBalance = (move: Move & { step: 'hold' | 'transfer' }): Move => ({
  ...move,
  wholeBalance: true,
});

/** Settles a hold in the payee's favour. @param posted the moved amount, if it is less than the held one */
export function post(held: Transfer, at: Instant, posted: Piconero = held.amountPiconero): Move {
  if (posted > held.amountPiconero || posted < 0n)
    throw new RangeError('a hold cannot post more than it holds');
  const less = posted === held.amountPiconero ? {} : { postedPiconero: posted };
  return { step: 'post', transfer: { ...held, status: 'posted', settledAt: at, ...less } };
}

/** Gives a hold back to its payer. */
export const voided = (held: Transfer, at: Instant): Move => ({
  step: 'void',
  transfer: { ...held, status: 'voided', settledAt: at },
});

export const movedPiconero = (t: Transfer): Piconero => t.postedPiconero ?? t.amountPiconero;

/**
 * Whether a move may leave its payer below zero. Only the reversal of a deposit may, because its coins are lost anyway.
 */
export const mayOverdraw = ({ transfer: { kind } }: Move): boolean => kind === 'deposit_reversal';
