import type { AddressOwners } from '../chain/address-owners.ts';
import type { ChainMemory } from '../chain/identity.ts';
import type { Subaddress } from '../chain/wallet.ts';
import type { DepositEvent } from '../events/events.ts';
import type { AccountId, DepositId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Rows } from '../rows.ts';
import type { Instant } from '../time.ts';
import type { Deposit } from './deposits.ts';
import type { Change } from './transitions.ts';

export interface Deposits {
  /** The stored deposits among `ids`. Strongly consistent. */
  getMany(ids: readonly DepositId[]): Promise<Rows<Deposit>>;
  /** Newest first. */
  ofAccount(accountId: AccountId, page: PageRequest): Promise<Page<Deposit>>;
  /** Sum of the account's `seen` deposits. */
  pending(accountId: AccountId): Promise<Piconero>;
  /**
   * Stores a new deposit with its events; `exists` if its id is stored already, and then nothing is written. The first
   * deposit to an address makes it used.
   */
  add(deposit: Deposit, events: readonly DepositEvent[]): Promise<'exists' | undefined>;
  /**
   * Replaces `from` by `to` together with the ledger moves and events. `changed_since` if the stored version is no
   * longer `from`.
   */
  save(change: Change): Promise<'changed_since' | undefined>;

  // The watcher's lists (see `followed`). They are eventually consistent: a deposit written this second may be missing.
  /** Deposits that every round of the watcher reads. */
  open(): Promise<Rows<Deposit>>;
  /** Credited deposits mined in the range. */
  creditedIn(range: BlockRange): Promise<MinedDeposit[]>;
  /** Locked deposits mined in block `from` or later. Reads the key of every locked deposit. */
  lockedSince(from: number): Promise<MinedDeposit[]>;
  /** Locked deposits that unlock by this height and by this time, earliest first, at most `limit` of each kind. */
  unlocking(by: { height: number; at: Instant }, limit: number): Promise<DepositId[]>;
}

/** Blocks from height `from` up to, and not including, height `to`. */
export type BlockRange = { from: number; to: number };
export type MinedDeposit = { id: DepositId; minedHeight: number };

/** The position at which the next round of the watcher continues. */
export type WatchState = ChainMemory & {
  /** All blocks below this height were read. */
  height: number;
  /** Height at which each pass of the history check starts. */
  historyStart: number;
  /** Height at which the history check continues. */
  historyHeight: number;
  /** When the history check last ran. */
  historyAt: Instant;
  /** First block that is still to be searched for payments to forgotten subaddresses; absent if there is none. */
  rescanHeight?: number | undefined;
  version: number;
};

export interface WatchStates {
  /** Strongly consistent; `undefined` before the first round. */
  read(): Promise<WatchState | undefined>;
  /** Replaces the previous version. `changed_since` if another round saved first; then nothing is written. */
  save(state: WatchState): Promise<'changed_since' | undefined>;
}

/** The pool of subaddresses. The watcher fills it, and the use cases of wallet and deposits hand them out. */
export interface Addresses extends AddressOwners {
  /** How many subaddresses the wallet must know: the highest stored index plus 1; `undefined` if none is stored. */
  count(): Promise<number | undefined>;
  /**
   * Hands out an address of the pool, which becomes the account's current one and counts as unused until its first
   * deposit. `none_free` if the pool is empty, `too_many_open` if the account has `maxUnused` unused addresses.
   */
  assign(
    accountId: AccountId,
    maxUnused: number,
  ): Promise<{ address: string } | 'too_many_open' | 'none_free'>;
  /**
   * The account's current address. An account without one gets one, and parallel requests get the same one. `undefined`
   * if the pool is empty.
   */
  currentOrFirst(accountId: AccountId): Promise<string | undefined>;
  /** Addresses that the account was given, in any order. Addresses from before owners were indexed are left out. */
  ofAccount(accountId: AccountId, page: PageRequest): Promise<Page<string>>;
  /** Addresses in the pool, counted up to `limit`. */
  countFree(limit: number): Promise<number>;
  /** Adds addresses to the pool. A known address keeps its owner. */
  addFree(addresses: readonly Subaddress[]): Promise<void>;
  /** Stores the house's own address, which is never handed out. */
  addHouse(address: string): Promise<void>;
}
