import type { Anyone } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { MAX_HIDDEN } from './limits.ts';
import type { ReputationPorts } from './ports.ts';
import { profileView } from './views.ts';

/** What everybody may know of an account. Its cost does not depend on the number of trades and reviews. */
export const getProfile =
  ({ accounts, people, reputation, clock }: Omit<ReputationPorts, 'names' | 'trades'>) =>
  async ({ username }: { username: string }, _caller: Anyone) => {
    const account = await accounts.byUsername(username);
    if (!account) return refusal('not_found');
    const now = clock.now();
    const [persons, standing, hidden] = await Promise.all([
      people.getMany([account.id]),
      reputation.standing(account.id),
      reputation.hiddenAbout(account.id, now, MAX_HIDDEN),
    ]);
    return profileView(account, { people: persons, standing, hidden, now });
  };
