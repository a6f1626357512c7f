import type { AccountId, SessionId, WithdrawalId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Account } from './accounts.ts';

/** Events that the owner of an account is told of by mail. */
export const NOTICES = [
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
] as const;
export type Notice = (typeof NOTICES)[number];

/** The person whom a mail greets. */
export type Addressee = Pick<Account, 'username' | 'language' | 'antiPhishingPhrase'>;

/**
 * A mail that another function makes and sends later. It looks up the account, so that the request that asks for a mail
 * takes the same time whether an address is known or not.
 */
export type MailJob =
  | { kind: 'password_reset'; email: string }
  | { kind: 'email_confirmation'; accountId: AccountId; email: string }
  /** Has everything that the mail names, because the account is gone when it is sent. */
  | ({ kind: 'account_deleted'; email: string } & Addressee)
  | {
      kind: 'notice';
      notice: Notice;
      accountId: AccountId;
      at: Instant;
      sessionId?: SessionId;
      withdrawalId?: WithdrawalId;
    };

/** The queue of mails to send. */
export interface MailQueue {
  /** Whether this installation sends mails. */
  readonly isOn: boolean;
  send(job: MailJob): Promise<void>;
}
