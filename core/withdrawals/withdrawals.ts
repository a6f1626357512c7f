import type { AccountId, TransferId, WithdrawalId } from '../ids.ts';
import type { Piconero } from '../money/xmr.ts';
import type { Instant } from '../time.ts';

export const WITHDRAWAL_STATES = ['queued', 'prepared', 'broadcast', 'confirmed', 'failed'] as const;
export type WithdrawalState = (typeof WITHDRAWAL_STATES)[number];

export const WITHDRAWAL_FAILURES = ['fee_above_quote', 'address_refused'] as const;
export type WithdrawalFailure = (typeof WITHDRAWAL_FAILURES)[number];

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
  /** The amount that arrives. */
  amountPiconero: Piconero;
  feePiconero: Piconero;
  /** wallet-rpc's form of it, for `relay_tx`. It is eight times as large and needed once, so it is not stored. */
  metadata: string;
};

type Requested = {
  id: WithdrawalId;
  accountId: AccountId;
  address: string;
  /** The amount that arrives. */
  amountPiconero: Piconero;
  /** The held maximum; once prepared, the transaction's fee. 0 if internal. */
  feePiconero: Piconero;
  /** The fee that was held at the request. 0 if internal. */
  feeHeldPiconero: Piconero;
  /** The hold of the amount (with `max` of amount and fee), or the internal transfer. */
  amountTransferId: TransferId;
  /** How often it was sent to the queue. It is part of the message's deduplication id. */
  attempt: number;
  /** When it was last sent to the queue. */
  sentAt: Instant;
  requestedAt: Instant;
  /** When its state last changed. */
  changedAt: Instant;
  version: number;
};

type OnChain = Requested & {
  internal: false;
  /**
   * Set if the request was for everything available. The sum of amount and fee is fixed; each of the two is an estimate
   * until the withdrawal is prepared.
   */
  max?: true;
  /**
   * Set if the withdrawal counts towards its account's limit while `queued`. Absent on withdrawals from before the
   * limit.
   */
  countsAsQueued?: true;
  /** The hold of the fee. With `max` it is the transfer of the fee, which is made at the end. */
  feeTransferId: TransferId;
};

/** Fields of a withdrawal whose transaction is stored, because it may have to be sent again. */
type Signed = {
  txid: string;
  prepared: PreparedPayment;
  /** Number of blocks in the chain when another transaction was first seen to spend its key images. */
  rivalSince?: number;
};

/** Held, and waiting for the payer. */
export type Queued = OnChain & { state: 'queued' };
/** Signed and stored. It is in doubt whether the transaction was relayed. */
export type Prepared = OnChain & Signed & { state: 'prepared' };
/** Relayed. `minedHeight`: height of its block; absent while it is in the pool. */
export type Broadcast = OnChain & Signed & { state: 'broadcast'; minedHeight?: number };
/** Deep enough in the chain; the holds are posted. */
export type Confirmed = OnChain & { state: 'confirmed'; txid: string; minedHeight: number };
/** Never sent; the holds are voided. */
export type Failed = OnChain & { state: 'failed'; failureCode: WithdrawalFailure };
/** Settled in the ledger at the request, because the address is another member's here. */
export type Internal = Requested & { internal: true; state: 'confirmed' };

export type OnChainWithdrawal = Queued | Prepared | Broadcast | Confirmed | Failed;
export type Withdrawal = OnChainWithdrawal | Internal;
