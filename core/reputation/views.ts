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

/** A review for everybody, without its trade. */
export const publicReviewView = (review: Review, people: PeopleById, now: Instant) => ({
  id: review.id,
  from: personIn(people, review.authorId),
  rating: review.rating,
  ...(review.comment !== undefined && { comment: review.comment }),
  at: review.at,
  revealed: isRevealed(review, now),
});

/** A review for the parties of its trade and for moderators. */
export const reviewView = (review: Review, people: PeopleById, now: Instant) => ({
  ...publicReviewView(review, people, now),
  tradeId: review.tradeId,
});

export type ReviewView = ReturnType<typeof reviewView>;

/** Thousandths as a number with two decimals. */
const hundredths = (weight: number) => Math.round((100 * weight) / FULL_WEIGHT) / 100;

type Known = {
  people: PeopleById;
  standing: Standing | undefined;
  /** The hidden reviews about the account, which `standing` counts. */
  hidden: readonly Review[];
  now: Instant;
};

/** The public profile of an account. Hidden reviews are subtracted. Without a standing all sums are 0. */
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

/** The authors of reviews. */
export const authorsOf = (reviews: readonly Review[]): AccountId[] => reviews.map(({ authorId }) => authorId);
