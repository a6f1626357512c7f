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

/** Until when the sender locked the coins (`unlock_time`): a number of blocks or a time, at most one of the two. */
export type Unlock = { unlockHeight?: number | undefined; unlockAt?: Instant | undefined };

/** What one transaction paid to one subaddress, which `id` is made of (see `depositId`). */
export type Deposit = Unlock & {
  id: DepositId;
  accountId: AccountId;
  address: string;
  amountPiconero: Piconero;
  txid: string;
  /** The block it was mined in; absent outside of blocks. */
  minedHeight?: number | undefined;
  state: DepositState;
  /** Of the credit that this deposit has, or will have; a deposit that lives again gets another one. */
  transferId: TransferId;
  seenAt: Instant;
  creditedAt?: Instant | undefined;
  /** When it was dropped or reversed. */
  endedAt?: Instant | undefined;
  version: number;
};

/**
 * How the watcher comes back to a deposit: `open` ones at every round, `locked` ones when they unlock, `credited`
 * ones by the height of their block. One that has ended comes back only if the wallet reports it.
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

/** An incoming transfer, as the house wallet reports it. */
export type IncomingTransfer = Unlock & {
  txid: string;
  /** The subaddress at (`major`, `minor`), reckoned by the wallet from these two. */
  address: string;
  major: number;
  minor: number;
  amountPiconero: Piconero;
  minedHeight?: number | undefined;
  /** Still locked at the current height, by `unlock_time` or for being coinbase. */
  locked: boolean;
};

/** How node and wallet answered the watcher's last round, for functions that may not ask them. */
export type Heartbeat = {
  /** When the round wrote it. */
  at: Instant;
  node: 'ok' | 'down';
  wallet: 'ok' | 'down';
  /** The last answer of each, made at that moment and not remembered by a client; absent until the first one. */
  nodeSeenAt?: Instant;
  walletSeenAt?: Instant;
  /** Blocks in the chain. */
  height: number;
  /** The house's own address, where the sandbox mines to; absent until the wallet was seen once. */
  houseAddress?: string;
  /** Everything in the house wallet at `walletSeenAt`, unlocked or not. */
  walletPiconero?: Piconero;
  /** What its largest coins come to at `walletSeenAt`; absent until the wallet was seen once. */
  coinSums?: CoinSums;
  /** What a payout pays per byte of weight. */
  feePerBytePiconero: Piconero;
  /** wallet-rpc's `get_version`, which tells its release; absent until the wallet was seen once. */
  walletInterfaceVersion?: number;
};
