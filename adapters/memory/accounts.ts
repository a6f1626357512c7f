import { type Account, foldedUsername } from '#core/accounts/accounts.ts';
import type { Accounts } from '#core/accounts/ports.ts';
import type { AccountId } from '#core/ids.ts';
import type { MemoryPeople } from './people.ts';

export function memoryAccounts(people: MemoryPeople): Accounts {
  const rows = new Map<AccountId, Account>();
  const byName = new Map<string, AccountId>();
  return {
    get: async (id) => rows.get(id),
    async byUsername(username) {
      const id = byName.get(foldedUsername(username));
      return id && rows.get(id);
    },
    async add(account) {
      const name = foldedUsername(account.username);
      if (byName.has(name)) return 'username_taken';
      byName.set(name, account.id);
      rows.set(account.id, account);
      people.add(account.id, account.username);
      return undefined;
    },
    async replaceHash(id, from, to) {
      const account = rows.get(id);
      if (account?.passwordHash === from) rows.set(id, { ...account, passwordHash: to });
    },
  };
}
