import type { AccountId, DepositId, TransferId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';

/** What one transaction paid to one subaddress, which `id` is made of (see `depositId`). */
export type Deposit = {
  id: DepositId;
  accountId: AccountId;
  address: string;
  amountPiconero: Piconero;
  txid: string;
  /** The block it was mined in; absent while in the pool. */
  minedHeight?: number;
  state: 'seen' | 'credited' | 'reversed';
  transferId: TransferId;
  seenAt: Instant;
  creditedAt?: Instant;
  version: number;
};

/** An incoming transfer, as the house wallet reports it. */
export type IncomingTransfer = {
  txid: string;
  /** The subaddress at (`major`, `minor`), reckoned by the wallet from these two. */
  address: string;
  major: number;
  minor: number;
  amountPiconero: Piconero;
  minedHeight?: number;
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
  /** What a payout pays per byte of weight. */
  feePerBytePiconero: Piconero;
  /** wallet-rpc's `get_version`, which tells its release; absent until the wallet was seen once. */
  walletInterfaceVersion?: number;
};
