import type { Caller } from '../caller.ts';
import type { AccountId, TradeId } from '../ids.ts';
import { DELETED_USERNAME } from '../people.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import type { Instant } from '../time.ts';
import { partyOf } from '../trades/rules.ts';
import type { Party } from '../trades/states.ts';
import { accountOf, type Trade } from '../trades/trades.ts';
import { hiddenReviews } from './hidden-reviews.ts';
import { COUNTED_REPETITIONS } from './limits.ts';
import type { Reputation, ReputationPorts } from './ports.ts';
import { isRevealed, type Review, revealAtOf, reviewEvent, reviewId } from './reviews.ts';
import { hasRoom, newPair, newStanding, type Pair, type Standing, withReview } from './standings.ts';
import { type ReviewView, reviewView } from './views.ts';
import { weightOfRepetition } from './weights.ts';

type Input = { tradeId: TradeId; rating: number; comment?: string };
type Ports = Pick<ReputationPorts, 'reputation' | 'people' | 'trades' | 'clock'>;

/** Whether the parties of a trade may review each other, because it was completed or decided. */
export const isReviewable = ({ state }: Pick<Trade, 'state'>): boolean =>
  state === 'completed' || state === 'resolved';

export const otherOf = (party: Party): Party => (party === 'buyer' ? 'seller' : 'buyer');

/**
 * Reviews the other party of a trade, once. A review is hidden until both parties have written one, or for 7 days. A
 * revealed review cannot be answered (`out_of_order`), because that would reward waiting.
 *
 * One transaction writes the review, the standing of the other party, the event, and the reveal of the other review. If
 * the process dies before it, nothing is written. If it dies after it, a repeated request gets `already_reviewed`, and
 * the schedule delivers the event.
 */
export const reviewTrade =
  (ports: Ports) =>
  async (input: Input, caller: Caller): Promise<ReviewView | Refusal> => {
    const { reputation, people, trades, clock } = ports;
    const { tradeId } = input;
    return retryOnConflict<ReviewView | Refusal>(`the reviews of trade ${tradeId}`, async () => {
      const trade = await trades.get(tradeId);
      const by = trade && partyOf(trade, caller.accountId);
      if (!by) return refusal('not_found');
      if (!isReviewable(trade)) return refusal('out_of_order', { state: trade.state });
      const subjectId = accountOf(trade, otherOf(by));
      const accountIds = [caller.accountId, subjectId] as const;
      const [written, standing, known, persons] = await Promise.all([
        reputation.ofTrade(tradeId),
        reputation.standing(subjectId),
        reputation.pair(accountIds),
        people.getMany(accountIds),
      ]);
      const now = clock.now();
      const other = written.find((review) => review.by !== by);
      const refused = refusedBy(written, other, by, now);
      if (refused) return refused;
      if (persons.get(subjectId)?.username === DELETED_USERNAME)
        return refusal('out_of_order', { state: 'deleted' });
      const pair = known ?? newPair(accountIds);
      const nth = pair.authorIds.filter((author) => author === caller.accountId).length + 1;
      const authorSince = persons.get(caller.accountId)?.since;
      const weight = weightOfRepetition(nth);
      const subject = await withRoom(reputation, standing ?? newStanding(subjectId), weight, now);
      const isCounted = other !== undefined || hasRoom(subject, { weight }, now);
      const review: Review = {
        id: reviewId(tradeId, by),
        tradeId,
        authorId: caller.accountId,
        subjectId,
        by,
        rating: input.rating,
        ...(input.comment && { comment: input.comment }),
        at: now,
        revealAt: revealAtOf(now, other !== undefined),
        weight,
        ...(!isCounted && { uncounted: true }),
        ...(authorSince !== undefined && { authorSince }),
      };
      const failed = await reputation.add({
        review,
        other: other && { ...other, revealAt: now },
        standing: withReview(subject, review, now),
        pair: isCounted ? withAuthor(pair, caller.accountId, nth) : undefined,
        events: [reviewEvent(review)],
      });
      if (failed === 'changed_since') return failed;
      return failed ? refusal(failed) : reviewView(review, persons, now);
    });
  };

/** A standing that has no room for a hidden review, without the listed ones that answers have revealed. */
async function withRoom(
  reputation: Pick<Reputation, 'getMany'>,
  standing: Standing,
  weight: number,
  now: Instant,
): Promise<Standing> {
  if (hasRoom(standing, { weight }, now)) return standing;
  const hidden = new Set((await hiddenReviews(reputation, standing, now)).map(({ id }) => id));
  return { ...standing, hidden: standing.hidden.filter(({ id }) => hidden.has(id)) };
}

/** The next version of a pair with the author of its `nth` review; `undefined` if that review has no weight. */
const withAuthor = (pair: Pair, author: AccountId, nth: number): Pair | undefined =>
  nth > COUNTED_REPETITIONS
    ? undefined
    : { ...pair, authorIds: [...pair.authorIds, author], version: pair.version + 1 };

/** Refuses a second review by the same party, and a review after the other one is revealed. */
function refusedBy(
  written: readonly Review[],
  other: Review | undefined,
  by: Party,
  now: Instant,
): Refusal | undefined {
  if (written.some((review) => review.by === by)) return refusal('already_reviewed');
  return other && isRevealed(other, now) ? refusal('out_of_order', { state: 'revealed' }) : undefined;
}
