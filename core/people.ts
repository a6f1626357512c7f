import type { Person } from './caller.ts';
import type { AccountId } from './ids.ts';
import type { Instant } from './time.ts';

/** The public row of an account. */
export type KnownPerson = Person & {
  /** When the account was registered. Absent for accounts that are older than this field. */
  since?: Instant;
  /** Number of disputes in which the arbitrator gave all XMR to the other party. Absent for 0. */
  disputesLost?: number;
};

const UNKNOWN: Person = { username: '?', tradesCompleted: 0 };

/** The username under which others see a deleted account. Nobody can register it. */
export const DELETED_USERNAME = 'deleted';

/** Accounts as others see them, by id. */
export type PeopleById = ReadonlyMap<AccountId, KnownPerson>;

/**
 * An account as others see it. An account without a row is shown as `?`, so that one missing row does not fail a whole
 * page.
 */
export function personIn(people: PeopleById, id: AccountId): Person {
  const { username, displayName, tradesCompleted } = people.get(id) ?? UNKNOWN;
  return { username, ...(displayName !== undefined && { displayName }), tradesCompleted };
}

/** Reads accounts as others see them. */
export interface People {
  getMany(ids: readonly AccountId[]): Promise<PeopleById>;
}
