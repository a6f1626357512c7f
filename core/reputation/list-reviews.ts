import { foldedUsername } from '../accounts/accounts.ts';
import type { Anyone } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import { refusal } from '../refusal.ts';
import type { ReputationPorts } from './ports.ts';
import { authorsOf, publicReviewView } from './views.ts';

/** The revealed reviews about an account, newest first, without their trades. An unknown or deleted account is `not_found`. */
export const listReviews =
  ({ names, people, reputation, clock }: Omit<ReputationPorts, 'trades'>) =>
  async ({ username, page }: { username: string; page: PageRequest }, _caller: Anyone) => {
    const id = await names.named(foldedUsername(username));
    if (!id) return refusal('not_found');
    const now = clock.now();
    const { items, next } = await reputation.revealedAbout(id, now, page);
    const persons = await people.getMany(authorsOf(items));
    return { items: items.map((review) => publicReviewView(review, persons, now)), ...(next && { next }) };
  };
