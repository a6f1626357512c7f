import { foldedUsername } from '../accounts/accounts.ts';
import type { Anyone } from '../caller.ts';
import { refusal } from '../refusal.ts';
import { hiddenReviews } from './hidden-reviews.ts';
import type { Reputation, ReputationPorts } from './ports.ts';
import { profileView } from './views.ts';

type Ports = Pick<ReputationPorts, 'names' | 'people' | 'clock'> & {
  /** No lists, because these may lag behind the standing. */
  reputation: Pick<Reputation, 'standing' | 'getMany'>;
};

/**
 * The public profile of an account. The number of reads does not depend on its trades and reviews. An unknown or
 * deleted account is `not_found`.
 */
export const getProfile =
  ({ names, people, reputation, clock }: Ports) =>
  async ({ username }: { username: string }, _caller: Anyone) => {
    const id = await names.named(foldedUsername(username));
    if (!id) return refusal('not_found');
    const now = clock.now();
    const [persons, standing] = await Promise.all([people.getMany([id]), reputation.standing(id)]);
    const createdAt = persons.get(id)?.since;
    if (createdAt === undefined) return refusal('not_found');
    const hidden = await hiddenReviews(reputation, standing, now);
    return profileView({ id, createdAt }, { people: persons, standing, hidden, now });
  };
