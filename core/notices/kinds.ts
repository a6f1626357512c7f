import type { DomainEvent } from '../events/events.ts';

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
  'trade_reviewed',
  'deposit_seen',
  'deposit_credited',
  'deposit_dropped',
  'deposit_reversed',
  'withdrawal_confirmed',
  'withdrawal_failed',
] as const satisfies DomainEvent['type'][];
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
] as const satisfies DomainEvent['type'][];

/** The events that cause a notice. A notice has the name of its event. */
export const NOTICE_KINDS = [...CHOSEN_NOTICES, ...GUARDING_NOTICES] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
