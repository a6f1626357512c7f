import type { Instant } from '../time.ts';
import type { Reputation } from './ports.ts';
import { isRevealed, type Review } from './reviews.ts';
import { mayBeHidden, type Standing } from './standings.ts';

/**
 * The hidden reviews that a standing counts. They are read by their ids after the standing, and not in an index, because
 * an index may not have a review yet that the standing counts already.
 */
export async function hiddenReviews(
  reputation: Pick<Reputation, 'getMany'>,
  standing: Standing | undefined,
  now: Instant,
): Promise<Review[]> {
  const listed = standing ? mayBeHidden(standing, now) : [];
  if (!listed.length) return [];
  const reviews = await reputation.getMany(listed.map(({ id }) => id));
  return reviews.filter((review) => !isRevealed(review, now));
}
