import type { Person } from '#core/caller.ts';
import type { AccountId } from '#core/ids.ts';
import { DELETED_USERNAME, type People } from '#core/people.ts';

/** `add` and `countTrade` and the others are for the fakes whose transactions write people. */
export type MemoryPeople = People & {
  add(id: AccountId, username: string): void;
  countTrade(id: AccountId): void;
  rename(id: AccountId, displayName: string | undefined): void;
  erase(id: AccountId): void;
  isDeleted(id: AccountId): boolean;
};

export function memoryPeople(): MemoryPeople {
  const rows = new Map<AccountId, Person>();
  const deleted = new Set<AccountId>();
  return {
    getMany: async (ids) =>
      new Map(
        ids.flatMap((id) => {
          const person = rows.get(id);
          return person ? [[id, person]] : [];
        }),
      ),
    add(id, username) {
      rows.set(id, { username, tradesCompleted: 0 });
    },
    rename(id, displayName) {
      const { username, tradesCompleted } = rows.get(id)!;
      rows.set(id, { username, tradesCompleted, ...(displayName !== undefined && { displayName }) });
    },
    erase(id) {
      deleted.add(id);
      rows.set(id, { username: DELETED_USERNAME, tradesCompleted: rows.get(id)?.tradesCompleted ?? 0 });
    },
    isDeleted: (id) => deleted.has(id),
    countTrade(id) {
      const person = rows.get(id);
      if (person) rows.set(id, { ...person, tradesCompleted: person.tradesCompleted + 1 });
    },
  };
}
