import type { AccountId, DepositId } from '../ids.ts';
import type { Move } from '../ledger/ledger.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Deposit, Heartbeat, IncomingTransfer } from './deposits.ts';

export interface Deposits {
  /** As last written, never an older copy. */
  get(id: DepositId): Promise<Deposit | undefined>;
  /** Newest first. */
  ofAccount(accountId: AccountId, page: PageRequest): Promise<Page<Deposit>>;
  /** Sum of what was seen and is not credited yet. */
  pending(accountId: AccountId): Promise<Piconero>;
  /** A new one; nothing when it is known already. */
  add(deposit: Deposit): Promise<void>;
  /** Leaves the version that was read, with the ledger moves it causes; `changed_since` when another was first. */
  save(change: { from: Deposit; to: Deposit; moves?: readonly Move[] }): Promise<'changed_since' | undefined>;
  /** The height from which on something may still have to be credited: the watcher begins there. */
  watchedHeight(): Promise<number>;
  setWatchedHeight(height: number): Promise<void>;
}

export type Subaddress = { address: string; major: number; minor: number };

/** The pool of subaddresses: made by the watcher, handed out by the wallet function. */
export interface Addresses {
  /** Whose address this is; `null` when it is ours but nobody's, `undefined` when it is not ours. */
  ownerOf(address: string): Promise<AccountId | null | undefined>;
  /** The address last handed out to this account. */
  current(accountId: AccountId): Promise<string | undefined>;
  /** Hands out an unused one, which becomes the current one. `undefined`: the pool is empty. */
  assign(accountId: AccountId): Promise<string | undefined>;
  /** How many are unused, counted up to `limit`. */
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
};

/** What the watcher asks of the house wallet. Throws `WalletUnavailable`. */
export interface WatchedWallet {
  /** Reads new blocks, then answers from wallet-rpc itself; nothing of it is remembered from earlier calls. */
  status(): Promise<WalletStatus>;
  newSubaddresses(count: number): Promise<Subaddress[]>;
  /**
   * Everything that came in at `fromHeight` or later, or still waits in the pool.
   * `height`: how many blocks the wallet has read; it knows nothing of those above.
   */
  incoming(fromHeight: number): Promise<{ height: number; transfers: IncomingTransfer[] }>;
}
