import { foldedUsername } from '#core/accounts/accounts.ts';
import type { AccountId } from '#core/ids.ts';
import { DELETED_USERNAME, type KnownPerson, type People } from '#core/people.ts';
import type { Names } from '#core/reputation/ports.ts';
import type { Instant } from '#core/time.ts';

/** `add` and `countTrade` and the others are for the fakes whose transactions write people. */
export type MemoryPeople = People & {
  names: Names;
  add(id: AccountId, username: string, since?: Instant): void;
  countTrade(id: AccountId): void;
  countLostDispute(id: AccountId): void;
  rename(id: AccountId, displayName: string | undefined): void;
  erase(id: AccountId): void;
  isDeleted(id: AccountId): boolean;
};

export function memoryPeople(): MemoryPeople {
  const rows = new Map<AccountId, KnownPerson>();
  const deleted = new Set<AccountId>();
  return {
    getMany: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const person = rows.get(id);
          return person ? [[id, person]] : [];
        }),
      ),
    names: {
      named: async (folded) =>
        [...rows.keys()].find((id) => !deleted.has(id) && foldedUsername(rows.get(id)!.username) === folded),
      async beginningWith(folded, { after, limit }) {
        const nameOf = (id: AccountId) => foldedUsername(rows.get(id)!.username);
        const found = [...rows.keys()]
          .filter((id) => !deleted.has(id) && nameOf(id).startsWith(folded))
          .filter((id) => !after || nameOf(id) > after.name!)
          .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
        const items = found.slice(0, limit);
        return found.length > limit ? { items, next: { name: nameOf(items.at(-1)!) } } : { items };
      },
    },
    add(id, username, since) {
      rows.set(id, { username, tradesCompleted: 0, ...(since !== undefined && { since }) });
    },
    rename(id, displayName) {
      const { displayName: _, ...rest } = rows.get(id)!;
      rows.set(id, { ...rest, ...(displayName !== undefined && { displayName }) });
    },
    erase(id) {
      deleted.add(id);
      const { displayName: _, ...rest } = rows.get(id) ?? { tradesCompleted: 0 };
      rows.set(id, { ...rest, username: DELETED_USERNAME });
    },
    isDeleted: (id) => deleted.has(id),
    countLostDispute(id) {
      const person = rows.get(id);
      if (person) rows.set(id, { ...person, disputesLost: (person.disputesLost ?? 0) + 1 });
    },
    countTrade(id) {
      const person = rows.get(id);
      if (person) rows.set(id, { ...person, tradesCompleted: person.tradesCompleted + 1 });
    },
  };
}
