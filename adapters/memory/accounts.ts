import { type Account, foldedEmail, foldedUsername } from '#core/accounts/accounts.ts';
import type { Accounts } from '#core/accounts/ports.ts';
import type { AccountId } from '#core/ids.ts';
import type { MemoryBooks } from './books.ts';
import type { MemoryMailTokens } from './mail.ts';
import type { MemoryPeople } from './people.ts';
import type { MemorySecondFactors } from './second-factors.ts';

/** The other stores that a transaction of accounts writes. */
type Others = {
  books: MemoryBooks;
  people: MemoryPeople;
  factors: MemorySecondFactors;
  mailTokens: MemoryMailTokens;
};

/** `close` is for the fake of deletions. It keeps the username taken. */
export type MemoryAccounts = Accounts & { close(account: Account): 'changed_since' | undefined };

export function memoryAccounts({ books, people, factors, mailTokens }: Others): MemoryAccounts {
  const rows = new Map<AccountId, Account>();
  const byName = new Map<string, AccountId>();
  const byEmail = new Map<string, AccountId>();
  return {
    get: async (id) => rows.get(id),
    async byUsername(username) {
      const id = byName.get(foldedUsername(username));
      return id && rows.get(id);
    },
    async byEmail(email) {
      const id = byEmail.get(foldedEmail(email));
      return id && rows.get(id);
    },
    async add(account) {
      const name = foldedUsername(account.username);
      if (byName.has(name)) return 'username_taken';
      byName.set(name, account.id);
      rows.set(account.id, account);
      people.add(account.id, account.username, account.createdAt);
      return undefined;
    },
    async save({ next, events, renames, factor, usedToken, emails }) {
      if (rows.get(next.id)?.version !== next.version - 1) return 'changed_since';
      const owner = emails?.next === undefined ? undefined : byEmail.get(foldedEmail(emails.next));
      if (owner !== undefined && owner !== next.id) return 'invalid_token';
      if (usedToken && !mailTokens.has(usedToken)) return 'invalid_token';
      const refused = factor && factors.change(factor);
      if (refused) return refused;
      if (usedToken) mailTokens.useUp(usedToken);
      if (emails?.former !== undefined) byEmail.delete(foldedEmail(emails.former));
      if (emails?.next !== undefined) byEmail.set(foldedEmail(emails.next), next.id);
      books.apply([], events);
      rows.set(next.id, next);
      if (renames) people.rename(next.id, next.displayName);
      return undefined;
    },
    close({ id, version, email }) {
      if (rows.get(id)?.version !== version) return 'changed_since';
      rows.delete(id);
      if (email !== undefined) byEmail.delete(foldedEmail(email));
      people.erase(id);
      return undefined;
    },
    async replaceHash(id, from, to) {
      const account = rows.get(id);
      if (account?.passwordHash === from) rows.set(id, { ...account, passwordHash: to });
    },
  };
}
