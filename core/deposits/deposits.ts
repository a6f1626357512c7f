import { CONFIRMATIONS_NEEDED } from '../chain/confirmations.ts';
import type { Unlock } from '../chain/wallet.ts';
import type { AccountId, DepositId, TransferId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';

/**
 * `seen`: in the pool or in a block, not credited yet. `credited`: deep enough and unlocked. `dropped`: it left pool
 * and chain before it was credited. `reversed`: it left the chain after, and the amount was taken back.
 */
export const DEPOSIT_STATES = ['seen', 'credited', 'reversed', 'dropped'] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

/** The payment of one transaction to one subaddress. `id` is made of the two (see `depositId`). */
export type Deposit = Unlock & {
  id: DepositId;
  accountId: AccountId;
  address: string;
  amountPiconero: Piconero;
  txid: string;
  /** Height of its block; absent while it is in none. */
  minedHeight?: number | undefined;
  state: DepositState;
  /** Id of this deposit's credit, past or future. After a reversal it gets a new one. */
  transferId: TransferId;
  seenAt: Instant;
  creditedAt?: Instant | undefined;
  /** When it was dropped or reversed. */
  endedAt?: Instant | undefined;
  version: number;
};

/**
 * The watcher's list that a deposit is in: `open` is read in every round, `locked` when a deposit unlocks, `credited`
 * by the height of its block. Ended deposits are in none, and come back only if the wallet reports them.
 */
export type Followed =
  | { list: 'open' }
  | ({ list: 'locked'; minedHeight: number } & Unlock)
  | { list: 'credited'; minedHeight: number };

export function followed({ state, minedHeight, unlockHeight, unlockAt }: Deposit): Followed | undefined {
  if (state === 'credited') return { list: 'credited', minedHeight: minedHeight! };
  if (state !== 'seen') return undefined;
  const isLocked =
    minedHeight !== undefined &&
    (unlockAt !== undefined || (unlockHeight ?? 0) > minedHeight + CONFIRMATIONS_NEEDED);
  return isLocked ? { list: 'locked', minedHeight, unlockHeight, unlockAt } : { list: 'open' };
}
