import { sha256 } from '@noble/hashes/sha2.js';
import { base64urlnopad } from '@scure/base';
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
  /** Set if it is in no sum, because too many reviews about its subject were hidden when it was written. */
  uncounted?: true;
  /** When the author's account was registered. Absent for accounts that are older than this field. */
  authorSince?: Instant;
  /** When a moderator removed it. */
  removedAt?: Instant;
};

const ID_BYTES = 16;

/**
 * The id is a digest of trade and role, so a party has one review of a trade at most. The trade does not follow from it,
 * because a trade's id has 80 random bits. With the trade, its bank reference would be public (see referenceOf).
 */
export function reviewId(tradeId: TradeId, by: Party): ReviewId {
  const digest = sha256(new TextEncoder().encode(`${tradeId}.${by}`));
  return base64urlnopad.encode(digest.subarray(0, ID_BYTES)) as ReviewId;
}

/** The ids that the reviews of a trade have, if they are written. */
export const reviewIdsOf = (tradeId: TradeId): ReviewId[] => PARTIES.map((by) => reviewId(tradeId, by));

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
