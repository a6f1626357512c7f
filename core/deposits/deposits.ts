import type { AccountId, DepositId, TransferId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';
import type { CoinSums } from '../withdrawals/coins.ts';
import { CONFIRMATIONS_NEEDED } from './confirmations.ts';

/**
 * `seen`: in the pool or in a block, not credited yet. `credited`: deep enough and unlocked. `dropped`: it left pool
 * and chain before it was credited. `reversed`: it left the chain after, and the amount was taken back.
 */
export const DEPOSIT_STATES = ['seen', 'credited', 'reversed', 'dropped'] as const;
export type DepositState = (typeof DEPOSIT_STATES)[number];

/** The sender's lock (`unlock_time`): a number of blocks or a time, at most one of the two. */
export type Unlock = { unlockHeight?: number | undefined; unlockAt?: Instant | undefined };

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

/** An incoming transfer that the house wallet reports. */
export type IncomingTransfer = Unlock & {
  txid: string;
  /** The subaddress at (`major`, `minor`). */
  address: string;
  major: number;
  minor: number;
  amountPiconero: Piconero;
  minedHeight?: number | undefined;
  /** Not spendable at the current height, because of its depth, its `unlock_time`, or being coinbase. */
  locked: boolean;
};

/** How node and wallet answered in the watcher's last round, for functions that may not ask them. */
export type Heartbeat = {
  /** When it was written. */
  at: Instant;
  node: 'ok' | 'down';
  wallet: 'ok' | 'down';
  /** When each last answered; absent until its first answer. */
  nodeSeenAt?: Instant;
  walletSeenAt?: Instant;
  /** Blocks in the chain. */
  height: number;
  /** The house's own address, which the sandbox mines to; absent until the wallet has answered once. */
  houseAddress?: string;
  /** The house wallet's balance at `walletSeenAt`, locked coins included. */
  walletPiconero?: Piconero;
  /** Sums of its largest coins at `walletSeenAt`; absent until the wallet has answered once. */
  coinSums?: CoinSums;
  /** Fee of a payout per byte of weight. */
  feePerBytePiconero: Piconero;
  /** Answer of wallet-rpc's `get_version`: 65536 x major + minor; absent until the wallet has answered once. */
  walletInterfaceVersion?: number;
};
