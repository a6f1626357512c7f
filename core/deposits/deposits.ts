import { CONFIRMATIONS_NEEDED } from '../chain/confirmations.ts';
import type { Unlock } from '../chain/wallet.ts';
import type { AccountId, DepositId, TransferId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';

/**
 * `seen`: in the pool or in a block, not credited yet. `credited`: deep enough in the chain, and unlocked. `dropped`:
 * it left pool and chain before it was credited. `reversed`: it left the chain after it was credited, and the amount
 * was taken back.
 */
export const DEPOSIT_STATES = ['seen', 'credited', 'reversed', 'dropped'] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

/** The payment of one transaction to one subaddress. `id` is made of the two (see `depositId`). */
type Payment = {
  id: DepositId;
  accountId: AccountId;
  address: string;
  amountPiconero: Piconero;
  txid: string;
  /** Id of this deposit's credit, past or future. After a reversal it gets a new one. */
  transferId: TransferId;
  seenAt: Instant;
  version: number;
};

/** `minedHeight`: height of its block; absent while it is in none. */
export type Seen = Payment & Unlock & { state: 'seen'; minedHeight?: number | undefined };
export type Credited = Payment & Unlock & { state: 'credited'; minedHeight: number; creditedAt: Instant };
/** `endedAt`: when it was dropped. */
export type Dropped = Payment & { state: 'dropped'; endedAt: Instant };
/** `endedAt`: when it was reversed; absent on deposits that were reversed before this was stored. */
export type Reversed = Payment & {
  state: 'reversed';
  creditedAt?: Instant | undefined;
  endedAt?: Instant | undefined;
};

export type Deposit = Seen | Credited | Dropped | Reversed;

/**
 * The watcher's list that a deposit is in: `open` is read in every round, `locked` when a deposit unlocks, `credited`
 * by the height of its block. Ended deposits are in none, and come back only if the wallet reports them.
 */
export type Followed =
  | { list: 'open' }
  | { list: 'locked'; minedHeight: number; unlock: { height: number } | { at: Instant } }
  | { list: 'credited'; minedHeight: number };

export function followed(deposit: Deposit): Followed | undefined {
  if (deposit.state === 'credited') return { list: 'credited', minedHeight: deposit.minedHeight };
  if (deposit.state !== 'seen') return undefined;
  const { minedHeight, unlockHeight, unlockAt } = deposit;
  if (minedHeight === undefined) return { list: 'open' };
  if (unlockAt !== undefined) return { list: 'locked', minedHeight, unlock: { at: unlockAt } };
  const isLocked = unlockHeight !== undefined && unlockHeight > minedHeight + CONFIRMATIONS_NEEDED;
  return isLocked ? { list: 'locked', minedHeight, unlock: { height: unlockHeight } } : { list: 'open' };
}
