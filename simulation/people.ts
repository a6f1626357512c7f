import type { Role } from '#core/accounts/standing.ts';

export type Person = {
  name: string;
  role: Role;
  /** The secret of the authenticator app; absent without a second factor. */
  secret?: string;
};

/** Everybody trades. `mallory` also attacks, and `mod-a` also judges disputes. */
export const PEOPLE: ReadonlyMap<string, Person> = new Map(
  (
    [
      { name: 'alice', role: 'member', secret: 'app of alice' },
      { name: 'bob', role: 'member', secret: 'app of bob' },
      { name: 'carol', role: 'member' },
      { name: 'dave', role: 'member' },
      { name: 'mallory', role: 'member' },
      { name: 'mod-a', role: 'moderator', secret: 'app of mod-a' },
    ] satisfies Person[]
  ).map((person) => [person.name, person]),
);
