import { eventId, type StoredEvent } from '../events/events.ts';
import type { AccountId, DepositId, NoticeId, SessionId, TradeId, WithdrawalId } from '../ids.ts';
import { DAY_MS, type Instant } from '../time.ts';

/** Kinds of notices whose mails and browser notifications a person may choose. */
export const CHOSEN_NOTICES = [
  'trade_started',
  'trade_payment_sent',
  'trade_completed',
  'trade_cancelled',
  'trade_expired',
  'trade_cancellation_requested',
  'trade_disputed',
  'trade_resolved',
  'trade_window_moved',
  'deposit_seen',
  'deposit_credited',
  'deposit_dropped',
  'deposit_reversed',
  'withdrawal_confirmed',
  'withdrawal_failed',
] as const satisfies StoredEvent['type'][];
export type ChosenNotice = (typeof CHOSEN_NOTICES)[number];

/** Kinds that are always mailed, because a thief of the account would turn them off. */
const GUARDING_NOTICES = [
  'signed_in_elsewhere',
  'password_changed',
  'totp_turned_on',
  'totp_turned_off',
  'recovery_codes_renewed',
  'passkey_added',
  'passkey_removed',
  'payment_account_added',
  'payment_account_changed',
  'payment_account_removed',
  'email_change_requested',
  'email_changed',
  'withdrawal_requested',
  'account_suspended',
  'account_restored',
  'account_warned',
  'report_closed',
] as const satisfies StoredEvent['type'][];

/** The events that cause a notice. A notice has the name of its event. */
export const NOTICE_KINDS = [...CHOSEN_NOTICES, ...GUARDING_NOTICES] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

/** A line that tells one account of an event. */
export type Notice = {
  id: NoticeId;
  accountId: AccountId;
  at: Instant;
  kind: NoticeKind;
  tradeId?: TradeId;
  withdrawalId?: WithdrawalId;
  depositId?: DepositId;
  sessionId?: SessionId;
};

/** Age at which a notice is dropped. */
export const NOTICE_LIFE_MS = 90 * DAY_MS;
/** Upper bound of notices that an account keeps. Reading them removes older ones. */
export const MAX_NOTICES = 200;
/** Upper bound of unread notices that are counted, because each one is read for it. */
export const MAX_COUNTED = 100;

/** Milliseconds in so many digits, so that ids sort by time. */
const TIME_DIGITS = 15;

/** The time in the id of a notice; `undefined` if it is no such id. */
export function timeOfNotice(id: string): Instant | undefined {
  const [, digits] = /^(\d{15})-[\w.-]+$/.exec(id) ?? [];
  return digits === undefined ? undefined : (Number(digits) as Instant);
}

const isNoticeKind = (type: string): type is NoticeKind => (NOTICE_KINDS as readonly string[]).includes(type);

/** Whether a person may turn the mails and browser notifications of a kind off. */
export const isChosen = (kind: NoticeKind): kind is ChosenNotice =>
  (CHOSEN_NOTICES as readonly string[]).includes(kind);

/**
 * The notices that an event causes, one for each account that it concerns, except the account whose own act it was.
 * The store writes them in the transaction of the event.
 */
export function noticesOf(event: StoredEvent): Notice[] {
  const { type, at, by } = event;
  if (!isNoticeKind(type)) return [];
  return event.accountIds
    .filter((accountId) => accountId !== by)
    .map((accountId) => ({
      id: noticeId(event),
      accountId,
      at,
      kind: type,
      ...('tradeId' in event && { tradeId: event.tradeId }),
      ...('withdrawalId' in event && { withdrawalId: event.withdrawalId }),
      ...('depositId' in event && { depositId: event.depositId }),
      ...('sessionId' in event && { sessionId: event.sessionId }),
    }));
}

/** The event's own id after its time. An event that is stored twice has one notice. */
const noticeId = (event: StoredEvent): NoticeId =>
  `${event.at.toString().padStart(TIME_DIGITS, '0')}-${eventId(event).replace('#', '-')}` as NoticeId;
