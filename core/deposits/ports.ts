import type { AccountId, DepositId } from '../ids.ts';
import type { Move } from '../ledger/ledger.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Instant } from '../time.ts';
import type { MoneroNode } from '../withdrawals/ports.ts';
import type { ChainMemory } from './chain-identity.ts';
import type { Deposit, Heartbeat, IncomingTransfer } from './deposits.ts';

export interface Deposits {
  /** Those of `ids` that are known, as last written, never an older copy. */
  getMany(ids: readonly DepositId[]): Promise<Deposit[]>;
  /** Newest first. */
  ofAccount(accountId: AccountId, page: PageRequest): Promise<Page<Deposit>>;
  /** Sum of what was seen and is not credited yet. */
  pending(accountId: AccountId): Promise<Piconero>;
  /** A new one; nothing when it is known already. The first one to an address ends its being unused. */
  add(deposit: Deposit): Promise<void>;
  /** Leaves the version that was read, with the ledger moves it causes; `changed_since` when another was first. */
  save(change: { from: Deposit; to: Deposit; moves?: readonly Move[] }): Promise<'changed_since' | undefined>;

  // How the watcher finds what it follows (see `followed`). Each may miss one that was written this very second.
  /** Those that every round looks at. */
  open(): Promise<Deposit[]>;
  /** Credited ones of the blocks from `from` on and below `to`. */
  creditedIn(range: BlockRange): Promise<MinedDeposit[]>;
  /** Locked ones of the blocks from `from` on, however long they stay locked. Reads a key of every locked one. */
  lockedSince(from: number): Promise<MinedDeposit[]>;
  /** Locked ones that unlock at `height` blocks, or at `at`, or earlier; the first `limit` of each. */
  unlocking(by: { height: number; at: Instant }, limit: number): Promise<DepositId[]>;
}

/** Blocks from `from` on and below `to`. */
export type BlockRange = { from: number; to: number };
export type MinedDeposit = { id: DepositId; minedHeight: number };

/** Where the watcher goes on. */
export type WatchState = ChainMemory & {
  /** Every block below was read. */
  height: number;
  /** Where the check of the history begins again once it has reached the newest blocks. */
  historyStart: number;
  /** The check of the history: where it goes on, and when it last went on. */
  historyHeight: number;
  historyAt: Instant;
  /** Blocks from here on may pay to subaddresses that the wallet had forgotten; absent when none are left. */
  rescanHeight?: number | undefined;
  version: number;
};

export interface WatchStates {
  /** As last written; `undefined` before the first round. */
  read(): Promise<WatchState | undefined>;
  /** Leaves the version before it; `changed_since` when another round was first, whose state then stands. */
  save(state: WatchState): Promise<'changed_since' | undefined>;
}

export type Subaddress = { address: string; major: number; minor: number };

/** The pool of subaddresses: made by the watcher, handed out by the wallet function. */
export interface Addresses {
  /** Whose address this is; `null` when it is ours but nobody's, `undefined` when it is not ours. */
  ownerOf(address: string): Promise<AccountId | null | undefined>;
  /** How many the wallet must know: one more than the highest index kept. `undefined` before any was kept. */
  count(): Promise<number | undefined>;
  /**
   * Hands out one of the pool, which becomes the current one. It counts as unused until its first deposit:
   * `too_many_open` when the account has `maxUnused` of those already, `none_free` when the pool is empty.
   */
  assign(
    accountId: AccountId,
    maxUnused: number,
  ): Promise<{ address: string } | 'too_many_open' | 'none_free'>;
  /**
   * The current address; a first one is handed out, the same to all who ask at once. `undefined`: the pool is empty.
   */
  currentOrFirst(accountId: AccountId): Promise<string | undefined>;
  /** How many nobody was given yet, counted up to `limit`. */
  countFree(limit: number): Promise<number>;
  /** One that is known already stays whose it is. */
  addFree(addresses: readonly Subaddress[]): Promise<void>;
  /** The house's own address, which is never handed out. */
  addHouse(address: string): Promise<void>;
}

export interface Heartbeats {
  read(): Promise<Heartbeat | undefined>;
  write(heartbeat: Heartbeat): Promise<void>;
}

/** The house wallet, as it answers now. */
export type WalletStatus = {
  primaryAddress: string;
  /** Blocks that the wallet has read; it knows nothing of those above. */
  height: number;
  /** Everything it holds, unlocked or not. */
  balancePiconero: Piconero;
  /** wallet-rpc's `get_version`, which tells its release. */
  interfaceVersion: number;
  /** What each of its coins is worth that can pay now or within two hours; nobody has frozen them. */
  coinsPiconero: Piconero[];
};

/** What the watcher asks of the house wallet. Throws `WalletUnavailable`. */
export interface WatchedWallet {
  /** Reads new blocks, then answers from wallet-rpc itself; nothing of it is remembered from earlier calls. */
  status(): Promise<WalletStatus>;
  /** Makes new ones and stores the wallet, so that a crash cannot make it forget them. */
  newSubaddresses(count: number): Promise<Subaddress[]>;
  /** Whether it has the subaddress at this index. A wallet restored from its seed has the first one only. */
  hasSubaddress(minor: number): Promise<boolean>;
  /** Makes those it lacks again, up to `count` of them in all, and stores the wallet. They have the same addresses. */
  recreateSubaddresses(count: number): Promise<void>;
  /** What came in from `from` on and below `to`. Without `to` to the newest block, and what is in the pool. */
  incoming(range: { from: number; to?: number }): Promise<IncomingTransfer[]>;
  /** What one transaction paid here; empty when the wallet does not know it. */
  find(txid: string): Promise<IncomingTransfer[]>;
  /** Reads transactions again that the node knows: brings in what was missed, corrects what is wrong of them. */
  scan(txids: readonly string[]): Promise<void>;
  /** Payments of its own that it takes for not mined. */
  unconfirmedPayments(): Promise<string[]>;
}

/** What the watcher asks of the node. Throws `NodeUnavailable`. */
export interface WatchedNode extends Pick<MoneroNode, 'status' | 'find'> {
  /** `undefined` above the newest block. */
  blockHash(height: number): Promise<string | undefined>;
  /** The transactions of a block, its miner's own one left out. */
  transactionsIn(height: number): Promise<string[]>;
}
