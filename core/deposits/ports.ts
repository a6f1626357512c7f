import type { AccountId } from '../ids.ts';
import type { Move } from '../ledger/ledger.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Deposit, Heartbeat, IncomingTransfer } from './deposits.ts';

export interface Deposits {
  get(id: Deposit['id']): Promise<Deposit | undefined>;
  ofAccount(accountId: AccountId, page: PageRequest): Promise<Page<Deposit>>;
  /** Sum of what was seen and is not credited yet. */
  pending(accountId: AccountId): Promise<Piconero>;
  /** A new one; nothing when it is known already. */
  add(deposit: Deposit): Promise<void>;
  /** Leaves the version that was read, with the ledger moves it causes; `changed_since` when another was first. */
  save(next: Deposit, moves?: readonly Move[]): Promise<'changed_since' | undefined>;
  /** The height up to which everything is credited: the watcher begins below it. */
  watchedHeight(): Promise<number>;
  setWatchedHeight(height: number): Promise<void>;
}

/** The pool of subaddresses: made by the watcher, handed out by the wallet function. */
export interface Addresses {
  /** Whose address this is; `null` when it is ours but nobody's, `undefined` when it is not ours. */
  ownerOf(address: string): Promise<AccountId | null | undefined>;
  /** The address last handed out to this account. */
  current(accountId: AccountId): Promise<string | undefined>;
  /** Hands out an unused one. `undefined`: the pool is empty. */
  assign(accountId: AccountId): Promise<string | undefined>;
  bySubaddress(major: number, minor: number): Promise<{ address: string; accountId?: AccountId } | undefined>;
  /** How many are unused, counted up to `limit`. */
  countFree(limit: number): Promise<number>;
  addFree(addresses: readonly { address: string; major: number; minor: number }[]): Promise<void>;
}

export interface Heartbeats {
  read(): Promise<Heartbeat | undefined>;
  write(beat: Heartbeat): Promise<void>;
}

/** What the watcher asks of the house wallet, beside what the payer does. Throws `WalletUnavailable`. */
export interface WatchedWallet {
  primaryAddress(): Promise<string>;
  newSubaddresses(count: number): Promise<{ address: string; major: number; minor: number }[]>;
  /** Everything that came in at `fromHeight` or later, or still waits in the pool. */
  incoming(fromHeight: number): Promise<IncomingTransfer[]>;
}

/** What the watcher asks of the node. Throws `NodeUnavailable`. */
export interface WatchedNode {
  status(): Promise<{ height: number; feePerBytePiconero: Piconero; network: string }>;
}
