import { foldedUsername } from '../accounts/accounts.ts';
import { USERNAME } from '../accounts/limits.ts';
import type { Anyone } from '../caller.ts';
import type { AccountId } from '../ids.ts';
import type { PageRequest } from '../paging.ts';
import { personIn } from '../people.ts';
import type { ReputationPorts } from './ports.ts';

type Ports = Pick<ReputationPorts, 'accounts' | 'names' | 'people'>;

/**
 * Accounts whose username begins with `query`, whatever the case, in alphabetical order. A whole username also finds an
 * account from before the index.
 */
export const searchUsers =
  (ports: Ports) =>
  async ({ query, page }: { query: string; page: PageRequest }, _caller: Anyone) => {
    const [{ items, next }, named] = await Promise.all([
      ports.names.beginningWith(foldedUsername(query), page),
      page.after ? undefined : wholeName(ports, query),
    ]);
    const ids = [...new Set([...(named ? [named] : []), ...items])];
    const persons = await ports.people.getMany(ids);
    return { items: ids.map((id) => personIn(persons, id)), ...(next && { next }) };
  };

async function wholeName({ accounts }: Ports, query: string): Promise<AccountId | undefined> {
  return USERNAME.test(query) ? (await accounts.byUsername(query))?.id : undefined;
}
