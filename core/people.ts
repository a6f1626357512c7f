import type { Person } from './caller.ts';
import type { AccountId } from './ids.ts';

const UNKNOWN: Person = { username: '?', tradesCompleted: 0 };

/** How accounts are seen by others, by id. */
export type PeopleById = ReadonlyMap<AccountId, Person>;

/** Whoever's row is not there is shown as `?`: a page is not refused for one name on it. */
export const personIn = (people: PeopleById, id: AccountId): Person => people.get(id) ?? UNKNOWN;

/** How accounts are seen by others. */
export interface People {
  getMany(ids: readonly AccountId[]): Promise<PeopleById>;
}
