import type { Account } from '../accounts/accounts.ts';
import type { Addressee } from '../accounts/mail-jobs.ts';
import type { AccountId } from '../ids.ts';
import type { Instant } from '../time.ts';

/**
 * A deletion that is under way. It is stored with the closing of the account, so that its steps can be repeated, and
 * removed when nothing is left to erase.
 */
export type Deletion = {
  accountId: AccountId;
  at: Instant;
  /** The digest by which the throttle knew the username. */
  nameDigest: string;
  /** The last mail, until it is queued. */
  letter?: Addressee & { email: string };
};

/** The deletion of an account, with a last mail to its confirmed address if mails are sent. */
export function deletionOf(
  { id, username, language, antiPhishingPhrase, email }: Account,
  { nameDigest, sendsMail, at }: { nameDigest: string; sendsMail: boolean; at: Instant },
): Deletion {
  const addressee = {
    username,
    language,
    ...(antiPhishingPhrase !== undefined && { antiPhishingPhrase }),
  };
  return {
    accountId: id,
    at,
    nameDigest,
    ...(sendsMail && email !== undefined && { letter: { ...addressee, email } }),
  };
}

/** The reasons that the closing transaction itself can find. */
export type EmptyingOutcome = 'openTrades' | 'xmr' | 'pendingDepositsXmr';

/** `EmptyingOutcome`: the account is not empty. `changed_since`: it changed after it was read. */
export type ClosingOutcome = EmptyingOutcome | 'changed_since';
