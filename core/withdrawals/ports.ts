import type { Remembered } from '../idempotency.ts';
import type { AccountId, WithdrawalId } from '../ids.ts';
import type { Move } from '../ledger/ledger.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { PreparedPayment, Withdrawal, WithdrawalState } from './withdrawals.ts';

export interface Withdrawals {
  get(id: WithdrawalId): Promise<Withdrawal | undefined>;
  ofAccount(accountId: AccountId, page: PageRequest): Promise<Page<Withdrawal>>;
  inState(state: WithdrawalState, limit: number): Promise<Withdrawal[]>;
  /** The withdrawal, its holds (or internal transfer) and the key's answer: all or nothing. */
  add(
    withdrawal: Withdrawal,
    moves: readonly Move[],
    remembered: Remembered,
  ): Promise<'insufficient_funds' | 'idempotency_key_reused' | undefined>;
  /** Leaves the version that was read, with the ledger moves it causes; `changed_since` when another was first. */
  save(next: Withdrawal, moves?: readonly Move[]): Promise<'changed_since' | undefined>;
}

/** Wakes the payer. The table is the truth: a lost or repeated message changes nothing. */
export interface PayoutQueue {
  send(id: WithdrawalId, attempt: number): Promise<void>;
}

/** Only one payer works at a time, whatever the queue does. */
export interface PayerLease {
  /** @returns whether it was free, or its last holder's time had run out */
  take(holder: string, forMs: number): Promise<boolean>;
  release(holder: string): Promise<void>;
}

/** The house's coins, behind monero-wallet-rpc. Throws `WalletUnavailable` when it cannot be reached. */
export interface HouseWallet {
  /** Signs a payment without relaying it. */
  prepare(to: {
    address: string;
    amountPiconero: Piconero;
  }): Promise<PreparedPayment | 'not_enough_unlocked' | 'address_refused'>;
  /** Relays a prepared payment. Rejects when it is in doubt whether it went out. */
  relay(payment: PreparedPayment): Promise<void>;
}

/** What the chain knows of a transaction. */
export type TransactionStatus = { in: 'nowhere' } | { in: 'pool' } | { in: 'block'; height: number };

/** monerod, asked directly. Throws `NodeUnavailable` when it cannot be reached. */
export interface MoneroNode {
  find(txid: string): Promise<TransactionStatus>;
  /** Sends a signed transaction again, byte by byte the same. */
  send(blob: string): Promise<'accepted' | 'refused'>;
  /** Whether any of these is spent by a transaction in a block. */
  anySpentInBlock(keyImages: readonly string[]): Promise<boolean>;
}

/** monero-wallet-rpc cannot be reached, or does not answer in time. */
export class WalletUnavailable extends Error {}

/** monerod cannot be reached, or does not answer in time. */
export class NodeUnavailable extends Error {}
