import type { AccountId, TransferId, WithdrawalId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';

export const WITHDRAWAL_STATES = ['queued', 'prepared', 'broadcast', 'confirmed', 'failed'] as const;
export type WithdrawalState = (typeof WITHDRAWAL_STATES)[number];

/** What is kept of a signed transaction before it is relayed, so that it can be sent again, unchanged. */
export type PreparedPayment = {
  /** The transaction itself in hex, what monerod's `/send_raw_transaction` takes. */
  blob: string;
  /** What it spends. Another transaction can only take its place by spending one of these. */
  keyImages: string[];
};

/** A signed transaction that nobody has seen yet, as the wallet hands it out. */
export type SignedPayment = PreparedPayment & {
  txid: string;
  /** What arrives. */
  amountPiconero: Piconero;
  feePiconero: Piconero;
  /** wallet-rpc's own form of it, what `relay_tx` takes. Eight times as large, and never needed again: not kept. */
  metadata: string;
};

export type Withdrawal = {
  id: WithdrawalId;
  accountId: AccountId;
  state: WithdrawalState;
  address: string;
  /**
   * Asked for as everything available, on the chain: amount and fee together are fixed, and until it is prepared each of
   * the two is an estimate.
   */
  max?: true;
  /** What arrives. */
  amountPiconero: Piconero;
  /** Held at most; once prepared, what the transaction costs. 0 when internal. */
  feePiconero: Piconero;
  /** What was held for the fee at the request. */
  feeHeldPiconero: Piconero;
  /** Settled in the ledger, because the address is another member's here. */
  internal: boolean;
  /** Counted among its account's queued ones while `queued`. Absent on internal ones and on those from before. */
  countsAsQueued?: true;
  amountTransferId: TransferId;
  /** The hold of the fee, or with `max` its transfer at the end; absent when internal. */
  feeTransferId?: TransferId;
  /** The transaction that pays it, from `prepared` on. */
  txid?: string;
  /** Kept until it is `confirmed`, as until then it may have to be sent again. */
  prepared?: PreparedPayment;
  /** The block it was mined in. */
  minedHeight?: number;
  /** Blocks in the chain when another transaction was first seen to have spent its key images. */
  rivalSince?: number;
  /** How often it was sent to the queue: part of the message's deduplication id. */
  attempt: number;
  /** When it was last sent to the queue. */
  sentAt: Instant;
  failureCode?: WithdrawalFailure;
  requestedAt: Instant;
  changedAt: Instant;
  version: number;
};

export type WithdrawalFailure = 'fee_above_quote' | 'address_refused';
