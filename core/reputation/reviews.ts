import type { ReviewEvent } from '../events/events.ts';
import type { AccountId, ReviewId, TradeId } from '../ids.ts';
import { type Instant, later } from '../time.ts';
import { PARTIES, type Party } from '../trades/states.ts';
import { HIDDEN_MS } from './limits.ts';

/** What a party of a trade says about the other one. */
export type Review = {
  id: ReviewId;
  tradeId: TradeId;
  authorId: AccountId;
  /** The account that it is about. */
  subjectId: AccountId;
  /** The role of its author. */
  by: Party;
  /** 1 to 5. */
  rating: number;
  /** Absent if nothing was written, or once its author is deleted. */
  comment?: string;
  at: Instant;
  /** When others see it: 7 days after it was written, or when the other party writes one. */
  revealAt: Instant;
  /** In thousandths, by the number of earlier reviews of its author about the same account. */
  weight: number;
  /** When the author's account was opened. Absent for one from before this was stored. */
  authorSince?: Instant;
  /** When a moderator has removed it. */
  removedAt?: Instant;
};

/** Contains trade and role, so that a report finds a review by its id, and a party has one at most. */
export const reviewId = (tradeId: TradeId, by: Party) => `${tradeId}.${by}` as ReviewId;

/** Trade and role in an id; `undefined` if it is no such id. */
export function partsOf(id: ReviewId): { tradeId: TradeId; by: Party } | undefined {
  const [tradeId = '', role, ...rest] = id.split('.');
  const by = PARTIES.find((party) => party === role);
  return by && tradeId && !rest.length ? { tradeId: tradeId as TradeId, by } : undefined;
}

/** When a review that is written now is revealed. */
export const revealAtOf = (at: Instant, isSecond: boolean): Instant => (isSecond ? at : later(at, HIDDEN_MS));

export const isRevealed = ({ revealAt }: Review, now: Instant): boolean => now >= revealAt;

export const reviewEvent = ({ id, tradeId, authorId, subjectId, at }: Review): ReviewEvent => ({
  type: 'trade_reviewed',
  reviewId: id,
  tradeId,
  accountIds: [subjectId],
  by: authorId,
  version: 1,
  at,
});
