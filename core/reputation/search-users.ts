import { foldedUsername } from '../accounts/accounts.ts';
import type { Anyone } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import { personIn } from '../people.ts';
import type { ReputationPorts } from './ports.ts';

/** Accounts whose username begins with `query`, whatever the case, in alphabetical order. */
export const searchUsers =
  ({ names, people }: Pick<ReputationPorts, 'names' | 'people'>) =>
  async ({ query, page }: { query: string; page: PageRequest }, _caller: Anyone) => {
    const { items: ids, next } = await names.beginningWith(foldedUsername(query), page);
    const persons = await people.getMany(ids);
    return { items: ids.map((id) => personIn(persons, id)), ...(next && { next }) };
  };
