import type { AddressOwners } from '../chain/address-owners.ts';
import type { Heartbeats } from '../chain/heartbeat.ts';
import type { Network } from '../chain/networks.ts';
import type { TransferEvent, WithdrawalEvent } from '../events/events.ts';
import type { HaltRows } from '../halts/ports.ts';
import type { Remembered } from '../idempotency.ts';
import type { AccountId, Ids, WithdrawalId } from '../ids.ts';
import type { Move } from '../ledger/ledger.ts';
import type { Ledger } from '../ledger/ports.ts';
import type { Log } from '../log.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Rows } from '../rows.ts';
import type { Proof, ProofOutcome, StepUp } from '../step-up.ts';
import type { Clock, Instant } from '../time.ts';
import type { Change } from './transitions.ts';
import type { Broadcast, Prepared, Queued, SignedPayment, Withdrawal } from './withdrawals.ts';

export interface Withdrawals {
  /** Strongly consistent. */
  get(id: WithdrawalId): Promise<Withdrawal | undefined>;
  /** Newest first. */
  ofAccount(accountId: AccountId, page: PageRequest): Promise<Page<Withdrawal>>;
  /** Queued withdrawals, longest wait since their last message first. Eventually consistent. */
  queued(limit: number): Promise<Rows<Queued>>;
  /** Broadcast withdrawals, oldest first. Eventually consistent. */
  broadcast(limit: number): Promise<Rows<Broadcast>>;
  /**
   * Writes the withdrawal, its holds (or internal transfer), its events, the idempotency row and the spent proof, all
   * or nothing.
   * `too_many_open` if it counts as queued and its account has `maxQueued` queued ones.
   */
  add(begin: {
    withdrawal: Withdrawal;
    moves: readonly Move[];
    events: readonly (WithdrawalEvent | TransferEvent)[];
    remembered: Remembered;
    maxQueued: number;
    proof?: Proof | undefined;
  }): Promise<'insufficient_funds' | 'idempotency_key_reused' | 'too_many_open' | ProofOutcome | undefined>;
  /**
   * Writes the change, all or nothing. A withdrawal that leaves `prepared` frees the slot for the next one. A
   * withdrawal that leaves `queued` or returns to it changes its account's number of queued ones.
   */
  save(change: Change): Promise<'changed_since' | undefined>;
  /**
   * Moves a withdrawal to `prepared`. Only one withdrawal may be `prepared` at a time. It requires the payer's lease,
   * so that a payer whose lease has ended cannot store its transaction. `halted` if payouts are halted, so that no payment
   * is prepared after the halt.
   */
  saveAsPrepared(
    change: Change<Queued, Prepared>,
    holder: string,
  ): Promise<'changed_since' | 'lease_lost' | 'halted' | undefined>;
}

/** Wakes the payer. A lost or repeated message changes nothing, because the payer goes by the table. */
export interface PayoutQueue {
  /** @param attempt distinguishes the messages of one withdrawal; a repeated one is dropped */
  send(id: WithdrawalId, attempt: number | string): Promise<void>;
}

/** Only one payer works at a time, whatever the queue does. */
export interface PayerLease {
  /**
   * Takes the lease if it is free, expired, or held by `holder` already (after a release that failed).
   * @returns its end, and the withdrawal that is `prepared`, if any; `undefined` if another payer holds it
   */
  take(holder: string, forMs: number): Promise<{ until: Instant; prepared?: WithdrawalId } | undefined>;
  release(holder: string): Promise<void>;
  /** The withdrawal that is `prepared`, read without taking the lease. */
  prepared(): Promise<WithdrawalId | undefined>;
}

/** Ports of a quote. */
export type PricePorts = {
  network: Network;
  addresses: AddressOwners;
  heartbeats: Pick<Heartbeats, 'read'>;
  ledger: Pick<Ledger, 'balance'>;
  /** Smaller withdrawals are refused, also those to members. */
  smallestPiconero: Piconero;
};

/** The ports of an account's use cases. None of them asks node or wallet. */
export type WithdrawalPorts = PricePorts & {
  withdrawals: Withdrawals;
  halts: HaltRows;
  queue: PayoutQueue;
  stepUp: StepUp;
  clock: Clock;
  ids: Ids;
  log: Log;
};

/** A payment that is to be made in one transaction. */
export type PaymentOrder = {
  address: string;
  /** The amount that arrives; with `feeIncluded` that amount plus the fee. */
  amountPiconero: Piconero;
  feeIncluded: boolean;
  maximumFeePiconero: Piconero;
};

/**
 * `not_payable_now`: coins are locked or lacking, so a later try may succeed. `fee_above_maximum`: even the fewest
 * coins cost more than the order allows, or do not fit into one transaction.
 */
export type NotPrepared = 'not_payable_now' | 'fee_above_maximum' | 'address_refused';

/** The house's coins, behind monero-wallet-rpc. Throws `WalletUnavailable`. */
export interface HouseWallet {
  primaryAddress(): Promise<string>;
  /**
   * Signs a payment without relaying it, so the result may be discarded. It spends the wallet's own choice of coins, or
   * the fewest coins if that choice would cost too much. Frozen coins are not spent.
   */
  prepare(order: PaymentOrder): Promise<SignedPayment | NotPrepared>;
  /** Relays a prepared payment. After any error it is unknown whether the payment went out. */
  relay(payment: SignedPayment): Promise<void>;
}
