import type { AccountId, TradeId } from '#core/ids.ts';
import type { Reputation } from '#core/reputation/ports.ts';
import { type Review, reviewEvent, reviewId } from '#core/reputation/reviews.ts';
import { newStanding, withReview } from '#core/reputation/standings.ts';
import { asInstant } from '#core/time.ts';
import { fresh } from './entities.ts';

/** The review of a buyer, from an established account, revealed at once. */
export function reviewWith(changes: Partial<Review> = {}): Review {
  const { tradeId = fresh<TradeId>(), by = 'buyer' } = changes;
  return {
    id: reviewId(tradeId, by),
    tradeId,
    authorId: fresh<AccountId>(),
    subjectId: fresh<AccountId>(),
    by,
    rating: 4,
    comment: 'Fast and kind.',
    at: asInstant(1_000),
    revealAt: asInstant(1_000),
    weight: 1_000,
    ...changes,
  };
}

/** Stores a review without a pair. */
export async function addReview(
  reputation: Pick<Reputation, 'standing' | 'add'>,
  review: Review,
  other?: Review,
) {
  const standing = (await reputation.standing(review.subjectId)) ?? newStanding(review.subjectId);
  return reputation.add({
    review,
    other,
    standing: withReview(standing, review, review.at),
    pair: undefined,
    events: [reviewEvent(review)],
  });
}
