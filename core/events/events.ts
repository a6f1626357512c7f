import type {
  AccountId,
  DepositId,
  PaymentAccountId,
  ReportId,
  ReviewId,
  SessionId,
  TradeId,
  TransferId,
  WithdrawalId,
} from '../ids.ts';
import type { Instant } from '../time.ts';

type Common = {
  /** The accounts that it concerns. */
  accountIds: readonly AccountId[];
  /** The account whose own act it was, if the others must be told of it. */
  by?: AccountId;
  /** Version of the thing after the change. */
  version: number;
  at: Instant;
};

export const TRADE_EVENTS = [
  'trade_started',
  'trade_payment_sent',
  'trade_completed',
  'trade_cancelled',
  'trade_expired',
  'trade_cancellation_requested',
  'trade_cancellation_retracted',
  'trade_disputed',
  'trade_resolved',
  'trade_window_moved',
] as const;
export type TradeEvent = Common & { type: (typeof TRADE_EVENTS)[number]; tradeId: TradeId };

export const WITHDRAWAL_EVENTS = [
  'withdrawal_requested',
  'withdrawal_broadcast',
  'withdrawal_requeued',
  'withdrawal_confirmed',
  'withdrawal_failed',
] as const;
export type WithdrawalEvent = Common & {
  type: (typeof WITHDRAWAL_EVENTS)[number];
  withdrawalId: WithdrawalId;
};

export const DEPOSIT_EVENTS = [
  'deposit_seen',
  'deposit_credited',
  'deposit_dropped',
  'deposit_reversed',
] as const;
export type DepositEvent = Common & { type: (typeof DEPOSIT_EVENTS)[number]; depositId: DepositId };

/** An account received XMR, and no other event says so: from the faucet, or from another member. */
export const TRANSFER_EVENTS = ['transfer_received'] as const;
export type TransferEvent = Common & { type: (typeof TRANSFER_EVENTS)[number]; transferId: TransferId };

/** The event of a transfer that is posted at once. Its version is 1, because it never changes. */
export const transferEvent = (transferId: TransferId, accountId: AccountId, at: Instant): TransferEvent => ({
  type: 'transfer_received',
  transferId,
  accountIds: [accountId],
  version: 1,
  at,
});

export const ACCOUNT_EVENTS = [
  'password_changed',
  'totp_turned_on',
  'totp_turned_off',
  'recovery_codes_renewed',
  'passkey_added',
  'passkey_removed',
  'email_change_requested',
  'email_changed',
  'email_removed',
  'account_suspended',
  'account_restored',
  'account_warned',
] as const;
export type AccountEvent = Common & { type: (typeof ACCOUNT_EVENTS)[number]; accountId: AccountId };

export const PAYMENT_ACCOUNT_EVENTS = [
  'payment_account_added',
  'payment_account_changed',
  'payment_account_removed',
] as const;
export type PaymentAccountEvent = Common & {
  type: (typeof PAYMENT_ACCOUNT_EVENTS)[number];
  paymentAccountId: PaymentAccountId;
};

/** A session was opened in a browser or program in which its account was not known. */
export const SESSION_EVENTS = ['signed_in_elsewhere'] as const;
export type SessionEvent = Common & { type: (typeof SESSION_EVENTS)[number]; sessionId: SessionId };

/** A party of a trade reviewed the other one. The version is 1, because a review is written once. */
export const REVIEW_EVENTS = ['trade_reviewed'] as const;
export type ReviewEvent = Common & {
  type: (typeof REVIEW_EVENTS)[number];
  reviewId: ReviewId;
  tradeId: TradeId;
};

export const REPORT_EVENTS = ['report_closed'] as const;
export type ReportEvent = Common & { type: (typeof REPORT_EVENTS)[number]; reportId: ReportId };

/**
 * A change that has happened. A decision returns it, and it is stored in the transaction of its effect. It carries ids,
 * never amounts, names or texts, so that it may be logged and sent to everybody whom it concerns.
 */
export type DomainEvent =
  | TradeEvent
  | WithdrawalEvent
  | DepositEvent
  | TransferEvent
  | AccountEvent
  | PaymentAccountEvent
  | SessionEvent
  | ReviewEvent
  | ReportEvent;

/** An event with the id of the request, message or scheduled run that caused it. */
export type StoredEvent = DomainEvent & { requestId: string };

/** Unique id of an event, the same for every delivery, because each version of a thing is written once. */
export function eventId(event: DomainEvent): string {
  return `${subjectOf(event)}#${event.version}`;
}

function subjectOf(event: DomainEvent): string {
  if ('reviewId' in event) return event.reviewId;
  if ('tradeId' in event) return event.tradeId;
  if ('withdrawalId' in event) return event.withdrawalId;
  if ('depositId' in event) return event.depositId;
  if ('transferId' in event) return event.transferId;
  if ('reportId' in event) return event.reportId;
  if ('paymentAccountId' in event) return event.paymentAccountId;
  return 'accountId' in event ? event.accountId : event.sessionId;
}
