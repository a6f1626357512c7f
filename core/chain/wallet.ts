import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';

/** The sender's lock (`unlock_time`): a number of blocks or a time, at most one of the two. */
export type Unlock = { unlockHeight?: number | undefined; unlockAt?: Instant | undefined };

/** An incoming transfer that the house wallet reports. */
export type IncomingTransfer = Unlock & {
  txid: string;
  /** The subaddress at (`major`, `minor`). */
  address: string;
  major: number;
  minor: number;
  amountPiconero: Piconero;
  /** Height of its block; absent while it is in the pool. */
  minedHeight?: number | undefined;
  /** Cannot be spent at the current height, because of its depth or `unlock_time`, or because it is coinbase. */
  locked: boolean;
};

export type Subaddress = { address: string; major: number; minor: number };

/** A fresh answer of the house wallet. */
export type WalletStatus = {
  primaryAddress: string;
  /** Number of blocks that the wallet has read. */
  height: number;
  /** All coins of the wallet, locked ones included. */
  balancePiconero: Piconero;
  /** Answer of wallet-rpc's `get_version`: 65536 x major + minor. */
  interfaceVersion: number;
  /** Amount of each coin that is not frozen and can pay now or within about two hours. */
  coinsPiconero: Piconero[];
};

/** The house wallet without the calls that pay. Every call may throw `WalletUnavailable`. */
export interface WatchedWallet {
  /** Reads new blocks, then asks wallet-rpc for everything. Nothing comes from a client's cache. */
  status(): Promise<WalletStatus>;
  /** Makes subaddresses and stores the wallet's file, because a crash would otherwise lose them. */
  newSubaddresses(count: number): Promise<Subaddress[]>;
  /** Whether it has the subaddress at this index. A wallet restored from its seed has the first one only. */
  hasSubaddress(minor: number): Promise<boolean>;
  /** Makes missing subaddresses again until there are `count`, and stores the file. They get the same addresses. */
  recreateSubaddresses(count: number): Promise<void>;
  /** Incoming transfers of the blocks from `from` and below `to`; without `to` up to the newest block and the pool. */
  incoming(range: { from: number; to?: number }): Promise<IncomingTransfer[]>;
  /** Incoming transfers of one transaction; empty if the wallet does not know it. */
  find(txid: string): Promise<IncomingTransfer[]>;
  /** Reads transactions again from the node (`scan_tx`). It adds missed transfers and corrects wrong ones. */
  scan(txids: readonly string[]): Promise<void>;
  /** Ids of the wallet's own payments that it takes for unconfirmed. */
  unconfirmedPayments(): Promise<string[]>;
}
