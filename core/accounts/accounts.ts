import type { AccountEvent } from '../events/events.ts';
import type { AccountId, Ids, MailTokenId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { FactorChange } from './factors.ts';
import type { Language } from './limits.ts';
import type { Role, Suspension, Warning } from './standing.ts';

/** An account as it is stored. The people rows keep its name as others see it. */
export type Account = {
  id: AccountId;
  /** As its owner writes it. It is unique whatever the case. */
  username: string;
  displayName?: string;
  language: Language;
  /** Words of the owner's choice. A page or mail without them is not ours. */
  antiPhishingPhrase?: string;
  /** Stored once its owner has confirmed it. */
  email?: string;
  /** Argon2id, as a PHC string with its parameters. */
  passwordHash: string;
  /** Absent for a member. */
  role?: Role;
  /** The newest suspension, which may be over. */
  suspension?: Suspension;
  /** The newest warning. */
  warning?: Warning;
  /** Number of changes that ended its sessions. A session of an earlier number cannot be refreshed. */
  credentialsVersion: number;
  createdAt: Instant;
  version: number;
};

/** Two names that differ in case only are one name. */
export const foldedUsername = (username: string) => username.normalize('NFC').toLowerCase();

export const newAccount = (
  ids: Ids,
  { username, language = 'en' }: { username: string; language?: Language },
  passwordHash: string,
  now: Instant,
): Account => ({
  id: ids.next<AccountId>(),
  username,
  language,
  passwordHash,
  credentialsVersion: 1,
  createdAt: now,
  version: 1,
});

/** The next version of an account, with everything that its transaction writes. */
export type AccountChange = {
  next: Account;
  events: readonly AccountEvent[];
  /** Set if others see another name of it afterwards. */
  renames?: true;
  factor?: FactorChange;
  /** The token of the mailed link that caused the change. The transaction uses it up. */
  usedToken?: MailTokenId;
  /** The address before and after a change of it. */
  emails?: { former?: string; next?: string };
};

type Changes = Partial<Omit<Account, 'id' | 'username' | 'credentialsVersion' | 'createdAt' | 'version'>>;

/** The account with these fields changed. A field that is given as `undefined` is removed. */
export const changed = (account: Account, changes: Changes): Account => ({
  ...account,
  ...changes,
  version: account.version + 1,
});

/** The next version of an account, after which sessions that were opened before it cannot be refreshed. */
export const endingSessions = (next: Account): Account => ({
  ...next,
  credentialsVersion: next.credentialsVersion + 1,
});

/** Two addresses that differ in case only are one address. */
export const foldedEmail = (email: string) => email.toLowerCase();

/** An event of an account's next version. */
export const accountEvent = (type: AccountEvent['type'], next: Account, now: Instant): AccountEvent => ({
  type,
  accountId: next.id,
  accountIds: [next.id],
  version: next.version,
  at: now,
});
