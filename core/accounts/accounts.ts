import type { AccountId, Ids } from '#core/ids.ts';
import type { Instant } from '#core/time.ts';

export type Language = 'en' | 'fr';

/** An account as it is stored; its name as others see it is kept in the people rows too. */
export type Account = {
  id: AccountId;
  /** As its owner writes it; unique whatever the case. */
  username: string;
  displayName?: string;
  language: Language;
  /** Argon2id, as a PHC string with its parameters. */
  passwordHash: string;
  createdAt: Instant;
};

/** An account as its owner sees it. */
export type AccountView = Omit<Account, 'passwordHash'> & { totpEnabled: boolean };

/** Two names that differ in case only are one name. */
export const foldedUsername = (username: string) => username.normalize('NFC').toLowerCase();

export const newAccount = (ids: Ids, username: string, passwordHash: string, now: Instant): Account => ({
  id: ids.next<AccountId>(),
  username,
  language: 'en',
  passwordHash,
  createdAt: now,
});

export const viewOf = ({ passwordHash: _, ...account }: Account, totpEnabled: boolean): AccountView => ({
  ...account,
  totpEnabled,
});
