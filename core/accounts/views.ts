import type { Account } from './accounts.ts';

/** An account as its owner sees it. The fields are named one by one, so that a stored field is never shown by default. */
export const accountView = (account: Account, totpEnabled: boolean) => ({
  id: account.id,
  username: account.username,
  ...(account.displayName !== undefined && { displayName: account.displayName }),
  language: account.language,
  totpEnabled,
  createdAt: account.createdAt,
});

export type AccountView = ReturnType<typeof accountView>;
