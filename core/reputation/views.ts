import type { Account } from '../accounts/accounts.ts';
import type { AccountId } from '../ids.ts';
import { type PeopleById, personIn } from '../people.ts';
import type { Instant } from '../time.ts';
import { FULL_WEIGHT } from './limits.ts';
import { isRevealed, type Review } from './reviews.ts';
import {
  medianOf,
  newStanding,
  ratingOf,
  type Standing,
  volumeBandOf,
  weighedAt,
  withoutReview,
} from './standings.ts';

/** A review as its author and, once it is revealed, everybody sees it. */
export const reviewView = (review: Review, people: PeopleById, now: Instant) => ({
  id: review.id,
  tradeId: review.tradeId,
  from: personIn(people, review.authorId),
  rating: review.rating,
  ...(review.comment !== undefined && { comment: review.comment }),
  at: review.at,
  revealed: isRevealed(review, now),
});

export type ReviewView = ReturnType<typeof reviewView>;

/** Thousandths as a number with two decimals. */
const hundredths = (weight: number) => Math.round((100 * weight) / FULL_WEIGHT) / 100;

type Known = {
  people: PeopleById;
  standing: Standing | undefined;
  /** The reviews about the account that nobody may see yet. */
  hidden: readonly Review[];
  now: Instant;
};

/** An account as everybody sees it. Hidden reviews count nothing, and one without a standing has no trades. */
export function profileView(
  { id, createdAt }: Pick<Account, 'id' | 'createdAt'>,
  { people, standing, hidden, now }: Known,
) {
  const { username, displayName, tradesCompleted } = personIn(people, id);
  const known = hidden.reduce<Standing>(
    (all, review) => withoutReview(all, review, now),
    standing ?? newStanding(id),
  );
  const weighed = weighedAt(known, now);
  const median = medianOf(known.releaseMinutes);
  const rating = ratingOf(weighed);
  return {
    username,
    ...(displayName !== undefined && { displayName }),
    memberSince: createdAt,
    tradesCompleted,
    counterparties: known.counterparties,
    countedCounterparties: hundredths(weighed.trades),
    volumeBand: volumeBandOf(weighed.piconero),
    ...(median !== undefined && { medianReleaseMinutes: median }),
    disputesLost: people.get(id)?.disputesLost ?? 0,
    ...(rating !== undefined && { rating }),
    reviewCount: Math.max(0, known.reviews),
    countedReviews: hundredths(weighed.reviews),
  };
}

export type ProfileView = ReturnType<typeof profileView>;

/** The accounts that reviews name. */
export const authorsOf = (reviews: readonly Review[]): AccountId[] => reviews.map(({ authorId }) => authorId);
