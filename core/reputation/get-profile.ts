import { foldedUsername } from '../accounts/accounts.ts';
import type { Anyone } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { MAX_HIDDEN } from './limits.ts';
import type { ReputationPorts } from './ports.ts';
import { profileView } from './views.ts';

/**
 * The public profile of an account. The number of reads does not depend on its trades and reviews. An unknown or
 * deleted account is `not_found`.
 */
export const getProfile =
  ({ names, people, reputation, clock }: Omit<ReputationPorts, 'trades'>) =>
  async ({ username }: { username: string }, _caller: Anyone) => {
    const id = await names.named(foldedUsername(username));
    if (!id) return refusal('not_found');
    const now = clock.now();
    const [persons, standing, hidden] = await Promise.all([
      people.getMany([id]),
      reputation.standing(id),
      reputation.hiddenAbout(id, now, MAX_HIDDEN),
    ]);
    const createdAt = persons.get(id)?.since;
    if (createdAt === undefined) return refusal('not_found');
    return profileView({ id, createdAt }, { people: persons, standing, hidden, now });
  };
