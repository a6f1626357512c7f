import type { AccountId, DepositId, SessionId, TradeId, WithdrawalId } from '../ids.ts';
import type { NoticeKind } from '../notices/kinds.ts';
import type { Instant } from '../time.ts';
import type { Account } from './accounts.ts';

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
      notice: NoticeKind;
      accountId: AccountId;
      at: Instant;
      sessionId?: SessionId;
      withdrawalId?: WithdrawalId;
      tradeId?: TradeId;
      depositId?: DepositId;
    };

/** The queue of mails to send. */
export interface MailQueue {
  /** Whether this installation sends mails. */
  readonly isOn: boolean;
  send(job: MailJob): Promise<void>;
}
