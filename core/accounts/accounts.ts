import type { AccountId, Ids } from '../ids.ts';
import type { Instant } from '../time.ts';

export type Language = 'en' | 'fr';

/** An account as it is stored. The people rows keep its name as others see it. */
export type Account = {
  id: AccountId;
  /** As its owner writes it. It is unique whatever the case. */
  username: string;
  displayName?: string;
  language: Language;
  /** Argon2id, as a PHC string with its parameters. */
  passwordHash: string;
  createdAt: Instant;
};

/** Two names that differ in case only are one name. */
export const foldedUsername = (username: string) => username.normalize('NFC').toLowerCase();

export const newAccount = (ids: Ids, username: string, passwordHash: string, now: Instant): Account => ({
  id: ids.next<AccountId>(),
  username,
  language: 'en',
  passwordHash,
  createdAt: now,
});
