import type { ReviewEvent } from '../events/events.ts';
import type { AccountId, ReviewId, TradeId } from '../ids.ts';
import { type Instant, later } from '../time.ts';
import { PARTIES, type Party } from '../trades/states.ts';
import { HIDDEN_MS } from './limits.ts';

/** A rating of one party of a trade by the other one, with a comment. */
export type Review = {
  id: ReviewId;
  tradeId: TradeId;
  authorId: AccountId;
  /** The account that is reviewed. */
  subjectId: AccountId;
  /** The role of its author. */
  by: Party;
  /** 1 to 5. */
  rating: number;
  /** Absent if the author wrote none, or has deleted the account. */
  comment?: string;
  at: Instant;
  /** Time from which others see it: 7 days after `at`, or when the other party writes one. */
  revealAt: Instant;
  /** In thousandths, by the number of earlier reviews of its author about the same account. */
  weight: number;
  /** When the author's account was registered. Absent for accounts that are older than this field. */
  authorSince?: Instant;
  /** When a moderator removed it. */
  removedAt?: Instant;
};

/** The id contains trade and role, so a report finds a review by its id, and a party has one at most. */
export const reviewId = (tradeId: TradeId, by: Party) => `${tradeId}.${by}` as ReviewId;

/** The trade and role in the id of a review; `undefined` for any other text. */
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
