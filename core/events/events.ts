import type { AccountId, DepositId, TradeId, WithdrawalId } from '../ids.ts';
import type { Instant } from '../time.ts';

type Common = {
  /** The accounts that it concerns. */
  accountIds: readonly AccountId[];
  /** Version of the trade, withdrawal or deposit after the change. */
  version: number;
  at: Instant;
};

export const TRADE_EVENTS = [
  'trade_started',
  'trade_payment_sent',
  'trade_completed',
  'trade_cancelled',
  'trade_expired',
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

/**
 * A change that has happened. A decision returns it, and it is stored in the transaction of its effect. It carries ids,
 * never amounts, names or texts, so that it may be logged and sent to everybody whom it concerns.
 */
export type DomainEvent = TradeEvent | WithdrawalEvent | DepositEvent;

/** An event with the id of the request, message or scheduled run that caused it. */
export type StoredEvent = DomainEvent & { requestId: string };

/** The same for every delivery of an event, and unique, because each version of a thing is written once. */
export function eventId(event: DomainEvent): string {
  return `${subjectOf(event)}#${event.version}`;
}

function subjectOf(event: DomainEvent): string {
  if ('tradeId' in event) return event.tradeId;
  return 'withdrawalId' in event ? event.withdrawalId : event.depositId;
}
