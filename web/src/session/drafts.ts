import { tabStorage } from '../shell/storage.ts';

/**
 * The unsent drafts of an account by form, in this tab only. Each account has its own key, so that no other account
 * sees them. Passwords and codes are never stored.
 */
const keyOf = (accountId: string): string => `pupero.drafts.${accountId}`;

function all(accountId: string): Record<string, string> {
  try {
    return JSON.parse(tabStorage.get(keyOf(accountId)) ?? '{}');
  } catch {
    return {};
  }
}

const write = (accountId: string, drafts: Record<string, string>): void =>
  tabStorage.set(keyOf(accountId), JSON.stringify(drafts));

/** @returns undefined if there is none */
export const keptDraft = (accountId: string, form: string): string | undefined => all(accountId)[form];

export const keepDraft = (accountId: string, form: string, text: string): void =>
  write(accountId, { ...all(accountId), [form]: text });

export function dropDraft(accountId: string, form: string): void {
  const { [form]: dropped, ...others } = all(accountId);
  if (dropped !== undefined) write(accountId, others);
}
