import type { Remembered } from '../idempotency.ts';
import type { AccountId, WithdrawalId } from '../ids.ts';
import type { Move } from '../ledger/ledger.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Proof, ProofOutcome } from '../step-up.ts';
import type { Instant } from '../time.ts';
import type { SignedPayment, Withdrawal } from './withdrawals.ts';

/** One step of a withdrawal: it leaves the version that was read, with the ledger moves it causes. */
export type Change = { from: Withdrawal; to: Withdrawal; moves?: readonly Move[] };

export interface Withdrawals {
  /** As last written, never an older copy. */
  get(id: WithdrawalId): Promise<Withdrawal | undefined>;
  /** Newest first. */
  ofAccount(accountId: AccountId, page: PageRequest): Promise<Page<Withdrawal>>;
  /** Those that wait longest for a message first. May miss one that was written this very second. */
  queued(limit: number): Promise<Withdrawal[]>;
  /** On their way, oldest first. May miss one that was written this very second. */
  broadcast(limit: number): Promise<Withdrawal[]>;
  /**
   * The withdrawal, its holds (or internal transfer), the key's answer and the proof's spending: all or nothing.
   * `too_many_open` when it counts as queued and its account has `maxQueued` of those already.
   */
  add(begin: {
    withdrawal: Withdrawal;
    moves: readonly Move[];
    remembered: Remembered;
    maxQueued: number;
    proof?: Proof | undefined;
  }): Promise<'insufficient_funds' | 'idempotency_key_reused' | 'too_many_open' | ProofOutcome | undefined>;
  /**
   * All or nothing. A withdrawal that leaves `prepared` makes room for the next; one that leaves `queued`, or comes
   * back to it, changes how many its account has there.
   */
  save(change: Change): Promise<'changed_since' | undefined>;
  /**
   * Into `prepared`, of which there is one at a time; only for the holder of the payer's lease, so that a payer that
   * slept through the end of its lease cannot bring its transaction in any more.
   */
  saveAsPrepared(change: Change, holder: string): Promise<'changed_since' | 'lease_lost' | undefined>;
}

/** Wakes the payer. The table is the truth: a lost or repeated message changes nothing. */
export interface PayoutQueue {
  /** @param attempt tells this message from the earlier ones of the same withdrawal; a repeated one is dropped */
  send(id: WithdrawalId, attempt: number | string): Promise<void>;
}

/** Only one payer works at a time, whatever the queue does. */
export interface PayerLease {
  /**
   * Takes the lease if it is free, its holder's time has run out, or `holder` has it already (a release that failed).
   * @returns until when it is held, and the one withdrawal that is `prepared`; `undefined` when another holds it
   */
  take(holder: string, forMs: number): Promise<{ until: Instant; prepared?: WithdrawalId } | undefined>;
  release(holder: string): Promise<void>;
  /** The one withdrawal that is `prepared`, without taking the lease. */
  prepared(): Promise<WithdrawalId | undefined>;
}

/** monero-wallet-rpc cannot be reached, or has no wallet or no daemon. Nothing is known of what it was asked to do. */
export class WalletUnavailable extends Error {
  override name = 'WalletUnavailable';
}

/** monerod cannot be reached, or is still catching up. */
export class NodeUnavailable extends Error {
  override name = 'NodeUnavailable';
}

/** One payment to be made in one transaction. */
export type PaymentOrder = {
  address: string;
  /** What arrives; with `feeIncluded` what arrives and the fee together. */
  amountPiconero: Piconero;
  feeIncluded: boolean;
  maximumFeePiconero: Piconero;
};

/**
 * `not_payable_now`: coins are locked or lacking, and later ones may pay it. `fee_above_maximum`: even the fewest coins
 * cost more than the order allows, or do not fit into one transaction.
 */
export type NotPrepared = 'not_payable_now' | 'fee_above_maximum' | 'address_refused';

/** The house's coins, behind monero-wallet-rpc. Throws `WalletUnavailable`. */
export interface HouseWallet {
  primaryAddress(): Promise<string>;
  /**
   * Signs a payment without relaying it: nothing has happened when its answer is thrown away. Of the coins that nobody
   * has frozen it spends the wallet's own choice, or the fewest where that choice would cost too much.
   */
  prepare(order: PaymentOrder): Promise<SignedPayment | NotPrepared>;
  /** Relays a prepared payment. Whatever it throws, it is in doubt whether the payment went out. */
  relay(payment: SignedPayment): Promise<void>;
}

/** What the chain knows of a transaction. */
export type TransactionStatus = { in: 'nowhere' } | { in: 'pool' } | { in: 'block'; height: number };

export type NodeStatus = {
  /** Blocks in the chain: the newest block has height `height - 1` and one confirmation. */
  height: number;
  /** The newest block's hash. */
  topHash: string;
  network: string;
  /** What a payout pays per byte of weight. */
  feePerBytePiconero: Piconero;
};

/** monerod, asked directly. Throws `NodeUnavailable`. */
export interface MoneroNode {
  status(): Promise<NodeStatus>;
  find(txid: string): Promise<TransactionStatus>;
  /** Sends a signed transaction, byte by byte the same as before. `refused`: the node would not have it. */
  send(blob: string): Promise<'accepted' | 'refused'>;
  /** What has spent any of these: a transaction in a block, one in the pool, nothing. */
  spentBy(keyImages: readonly string[]): Promise<'nothing' | 'pool' | 'block'>;
}

/** One line for whoever runs it. Ids only: never an address, a blob or a code. */
export interface Log {
  info(message: string, ids: Record<string, unknown>): void;
  warn(message: string, ids: Record<string, unknown>): void;
  error(message: string, ids: Record<string, unknown>): void;
}
