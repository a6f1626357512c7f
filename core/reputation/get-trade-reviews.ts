import type { Caller } from '../caller.ts';
import type { TradeId } from '../ids.ts';
import { DELETED_USERNAME } from '../people.ts';
import { refusal } from '../refusal.ts';
import { partyOf } from '../trades/rules.ts';
import { accountOf } from '../trades/trades.ts';
import type { ReputationPorts } from './ports.ts';
import { isReviewable, otherOf } from './review-trade.ts';
import { isRevealed } from './reviews.ts';
import { reviewView } from './views.ts';

/** The reviews of a trade for one of its parties: the party's own, and the other one once it is revealed. */
export const getTradeReviews =
  ({
    reputation,
    people,
    trades,
    clock,
  }: Pick<ReputationPorts, 'reputation' | 'people' | 'trades' | 'clock'>) =>
  async ({ tradeId }: { tradeId: TradeId }, caller: Caller) => {
    const trade = await trades.get(tradeId);
    const by = trade && partyOf(trade, caller.accountId);
    if (!by) return refusal('not_found');
    const reviews = await reputation.ofTrade(tradeId);
    const subjectId = accountOf(trade, otherOf(by));
    const persons = await people.getMany([caller.accountId, subjectId]);
    const now = clock.now();
    const own = reviews.find((review) => review.by === by);
    const other = reviews.find((review) => review.by !== by);
    const seen = other && isRevealed(other, now) && other.removedAt === undefined ? other : undefined;
    return {
      ...(own && { own: reviewView(own, persons, now) }),
      ...(seen && { other: reviewView(seen, persons, now) }),
      otherWrote: other !== undefined,
      mayReview:
        isReviewable(trade) &&
        !own &&
        !(other && isRevealed(other, now)) &&
        persons.get(subjectId)?.username !== DELETED_USERNAME,
    };
  };
