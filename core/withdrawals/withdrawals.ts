import type { AccountId, TransferId, WithdrawalId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';

export const WITHDRAWAL_STATES = ['queued', 'prepared', 'broadcast', 'confirmed', 'failed'] as const;
export type WithdrawalState = (typeof WITHDRAWAL_STATES)[number];

/** The part of a signed transaction that is stored before it is relayed, so that the same bytes can be sent again. */
export type PreparedPayment = {
  /** The transaction in hex, for monerod's `/send_raw_transaction`. */
  blob: string;
  /** Key images that it spends. Only a transaction that spends one of them can replace it. */
  keyImages: string[];
};

/** A signed transaction of the wallet that was not relayed yet. */
export type SignedPayment = PreparedPayment & {
  txid: string;
  /** What arrives. */
  amountPiconero: Piconero;
  feePiconero: Piconero;
  /** wallet-rpc's form of it, for `relay_tx`. It is eight times as large and needed once, so it is not stored. */
  metadata: string;
};

export type Withdrawal = {
  id: WithdrawalId;
  accountId: AccountId;
  state: WithdrawalState;
  address: string;
  /**
   * Everything available was asked for, on the chain. The sum of amount and fee is fixed; until the withdrawal is
   * prepared each of the two is an estimate.
   */
  max?: true;
  /** The amount that arrives. */
  amountPiconero: Piconero;
  /** The held maximum; once prepared, the transaction's fee. 0 if internal. */
  feePiconero: Piconero;
  /** The fee that was held at the request. */
  feeHeldPiconero: Piconero;
  /** Settled in the ledger, because the address is another member's here. */
  internal: boolean;
  /**
   * While `queued` it counts towards its account's limit. Absent on internal ones and on those made before the limit.
   */
  countsAsQueued?: true;
  amountTransferId: TransferId;
  /** The hold of the fee, or with `max` its transfer at the end; absent when internal. */
  feeTransferId?: TransferId;
  /** The transaction that pays it, from `prepared` on. */
  txid?: string;
  /** Kept until it is `confirmed`, because it may have to be sent again. */
  prepared?: PreparedPayment;
  /** Height of its block. */
  minedHeight?: number;
  /** Number of blocks in the chain when another transaction was first seen to spend its key images. */
  rivalSince?: number;
  /** How often it was sent to the queue. It is part of the message's deduplication id. */
  attempt: number;
  /** When it was last sent to the queue. */
  sentAt: Instant;
  failureCode?: WithdrawalFailure;
  requestedAt: Instant;
  changedAt: Instant;
  version: number;
};

export type WithdrawalFailure = 'fee_above_quote' | 'address_refused';
