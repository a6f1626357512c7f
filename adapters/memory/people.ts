import type { Person } from '#core/caller.ts';
import type { AccountId } from '#core/ids.ts';
import type { People } from '#core/people.ts';

/** `add` and `countTrade` are for the fakes whose transactions write people: of accounts and of trades. */
export type MemoryPeople = People & {
  add(id: AccountId, username: string): void;
  countTrade(id: AccountId): void;
  rename(id: AccountId, displayName: string | undefined): void;
};

export function memoryPeople(): MemoryPeople {
  const rows = new Map<AccountId, Person>();
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
    countTrade(id) {
      const person = rows.get(id);
      if (person) rows.set(id, { ...person, tradesCompleted: person.tradesCompleted + 1 });
    },
  };
}
