import type { AccountId, MailTokenId } from '../ids.ts';
import type { Instant } from '../time.ts';

/** The right that a mailed link gives, once. */
export type MailTokenUse =
  | { kind: 'password_reset' }
  /** The address that becomes the account's. */
  | { kind: 'email_confirmation'; email: string };

/** A token of a mailed link as stored. Only its digest is kept. */
export type MailToken = {
  id: MailTokenId;
  accountId: AccountId;
  /** The account's number when the token was made. A later change of the password makes the token invalid. */
  credentialsVersion: number;
  digest: string;
  use: MailTokenUse;
  expiresAt: Instant;
};
