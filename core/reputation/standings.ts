import type { AccountId, ReviewId, TradeId } from '../ids.ts';
import { asPiconero, PICONERO_PER_XMR, type Piconero } from '../money/xmr.ts';
import { asInstant, DAY_MS, type Instant, later, MINUTE_MS } from '../time.ts';
import { historyOf, type Trade } from '../trades/trades.ts';
import {
  ESTABLISHED_AFTER_MS,
  FULL_WEIGHT,
  MAX_HIDDEN,
  MAX_HIDDEN_WEIGHTLESS,
  RELEASES_KEPT,
} from './limits.ts';
import { isRevealed, type Review } from './reviews.ts';
import { VOLUME_BANDS, type VolumeBand } from './states.ts';
import { weightOfAge, weightOfRepetition } from './weights.ts';

/** Sums over trades and reviews, each weighed by its repetition (see weightOfRepetition). */
export type Weighed = {
  /** Sum of the weights of trades, in thousandths. */
  trades: number;
  /** Sum of the weighed amounts. */
  piconero: Piconero;
  /** Sum of the weights of reviews, in thousandths. */
  reviews: number;
  /** Sum of rating times weight, in thousandths. */
  ratings: number;
};

/** The sums of one account. Their size does not depend on the number of trades and reviews. */
export type Standing = {
  accountId: AccountId;
  /** Distinct accounts with which it has completed a trade. */
  counterparties: number;
  /** Number of reviews about it that are counted, also hidden ones. */
  reviews: number;
  /**
   * The counted reviews that may be hidden, MAX_HIDDEN at most. `until`: the latest time of the reveal. A review that
   * an answer reveals earlier stays in it, until it is full.
   */
  hidden: readonly { id: ReviewId; until: Instant }[];
  /** From accounts that are established. */
  established: Weighed;
  /** From younger accounts, one entry for each day of registration, so at most 32. `since`: the end of that day. */
  young: readonly (Weighed & { since: Instant })[];
  /** The newest release times as a seller in whole minutes, oldest first. */
  releaseMinutes: readonly number[];
  version: number;
};

/** The counted trades and reviews of two accounts. */
export type Pair = {
  accountIds: readonly [AccountId, AccountId];
  /** Their first completed trades, three at most. */
  tradeIds: readonly TradeId[];
  /** The author of each of their first reviews, three of each author at most. */
  authorIds: readonly AccountId[];
  version: number;
};

export const newPair = (accountIds: Pair['accountIds']): Pair => ({
  accountIds,
  tradeIds: [],
  authorIds: [],
  version: 0,
});

const NOTHING: Weighed = { trades: 0, piconero: asPiconero(0n), reviews: 0, ratings: 0 };

export const newStanding = (accountId: AccountId): Standing => ({
  accountId,
  counterparties: 0,
  reviews: 0,
  hidden: [],
  established: NOTHING,
  young: [],
  releaseMinutes: [],
  version: 0,
});

const sumOf = (a: Weighed, b: Weighed): Weighed => ({
  trades: a.trades + b.trades,
  piconero: asPiconero(a.piconero + b.piconero),
  reviews: a.reviews + b.reviews,
  ratings: a.ratings + b.ratings,
});

/** The end of a UTC day, so that no account seems older than it is. */
const endOfDay = (at: Instant) => asInstant(Math.ceil(at / DAY_MS) * DAY_MS);

const isEstablished = (since: Instant, now: Instant) => now >= later(since, ESTABLISHED_AFTER_MS);

/**
 * Adds the sums of one account to a standing. Sums of accounts that are established at `now` move to `established`.
 *
 * @param since when that account was registered; `undefined` counts as established
 */
function withSums(standing: Standing, sums: Weighed, since: Instant | undefined, now: Instant): Standing {
  const all = [...standing.young, { ...sums, since: endOfDay(since ?? asInstant(0)) }];
  const days = new Map<Instant, Weighed>();
  for (const one of all.filter(({ since: day }) => !isEstablished(day, now)))
    days.set(one.since, sumOf(days.get(one.since) ?? NOTHING, one));
  return {
    ...standing,
    established: all
      .filter((one) => isEstablished(one.since, now))
      .reduce<Weighed>(sumOf, standing.established),
    young: [...days].map(([day, weighed]) => ({ ...weighed, since: day })),
  };
}

type CountedTrade = {
  amountPiconero: Piconero;
  /** 1 for the first trade with this counterparty. */
  nth: number;
  /** When the counterparty's account was registered. */
  since: Instant | undefined;
  /** Of the seller only. */
  releaseMinutes?: number | undefined;
};

/** The next version of a standing, with a completed trade. */
export function withTrade(
  standing: Standing,
  { amountPiconero, nth, since, releaseMinutes }: CountedTrade,
  now: Instant,
): Standing {
  const trades = weightOfRepetition(nth);
  const piconero = asPiconero((amountPiconero * BigInt(trades)) / BigInt(FULL_WEIGHT));
  const releases = releaseMinutes === undefined ? [] : [releaseMinutes];
  return {
    ...withSums(standing, { ...NOTHING, trades, piconero }, since, now),
    counterparties: standing.counterparties + (nth === 1 ? 1 : 0),
    hidden: mayBeHidden(standing, now),
    releaseMinutes: [...standing.releaseMinutes, ...releases].slice(-RELEASES_KEPT),
    version: standing.version + 1,
  };
}

/** The counted reviews of a standing that may be hidden at `now`. */
export const mayBeHidden = ({ hidden }: Standing, now: Instant): Standing['hidden'] =>
  hidden.filter(({ until }) => until > now);

/** Whether one more hidden review of this weight can be counted. */
export const hasRoom = (standing: Standing, { weight }: Pick<Review, 'weight'>, now: Instant): boolean =>
  mayBeHidden(standing, now).length < (weight > 0 ? MAX_HIDDEN : MAX_HIDDEN_WEIGHTLESS);

/** The next version of a standing, with a review. One that is `uncounted` changes no sum. */
export function withReview(standing: Standing, review: Review, now: Instant): Standing {
  const hidden = mayBeHidden(standing, now);
  const next = { ...standing, hidden, version: standing.version + 1 };
  if (review.uncounted) return next;
  const { id, revealAt: until } = review;
  return {
    ...withSums(next, sumsOfReview(review), review.authorSince, now),
    reviews: standing.reviews + 1,
    hidden: isRevealed(review, now) ? hidden : [...hidden, { id, until }],
  };
}

/** The next version of a standing, without one of its reviews. */
export function withoutReview(standing: Standing, review: Review, now: Instant): Standing {
  const next = { ...standing, version: standing.version + 1 };
  if (review.uncounted) return next;
  const { reviews, ratings } = sumsOfReview(review);
  const negative = { ...NOTHING, reviews: -reviews, ratings: -ratings };
  return {
    ...withSums(next, negative, review.authorSince, now),
    reviews: standing.reviews - 1,
    hidden: mayBeHidden(standing, now).filter(({ id }) => id !== review.id),
  };
}

const sumsOfReview = ({ rating, weight }: Review): Weighed => ({
  ...NOTHING,
  reviews: weight,
  ratings: rating * weight,
});

/** The sums of a standing, in which young accounts are weighed by their age at `now`. Thousandths may be fractions. */
export function weighedAt({ established, young }: Standing, now: Instant): Weighed {
  return young.reduce<Weighed>((sum, { trades, piconero, reviews, ratings, since }) => {
    const share = weightOfAge(since, now);
    return sumOf(sum, {
      trades: (trades * share) / FULL_WEIGHT,
      piconero: asPiconero((piconero * BigInt(share)) / BigInt(FULL_WEIGHT)),
      reviews: (reviews * share) / FULL_WEIGHT,
      ratings: (ratings * share) / FULL_WEIGHT,
    });
  }, established);
}

/** The weighed mean of ratings, with two decimals; `undefined` without ratings. */
export const ratingOf = ({ reviews, ratings }: Weighed): number | undefined =>
  reviews > 0 ? Math.round((100 * ratings) / reviews) / 100 : undefined;

/** Lower bounds of the bands after `below_1`. */
const BAND_BEGINS_XMR = [1n, 10n, 100n, 1_000n];

/** The band of an amount. A profile shows a band, because an amount would attract thieves. */
export function volumeBandOf(piconero: Piconero): VolumeBand {
  if (piconero === 0n) return 'none';
  const passed = BAND_BEGINS_XMR.filter((xmr) => piconero >= xmr * PICONERO_PER_XMR).length;
  return VOLUME_BANDS[passed + 1]!;
}

/** The median, for an even number the lower of the two middle values; `undefined` for an empty list. */
export function medianOf(minutes: readonly number[]): number | undefined {
  return [...minutes].sort((a, b) => a - b)[Math.ceil(minutes.length / 2) - 1];
}

/** Whole minutes from the payment to the release of the XMR; `undefined` if the history lacks one of them. */
export function releaseMinutesOf(trade: Trade): number | undefined {
  const history = historyOf(trade);
  const at = (state: Trade['state']) => history.find((passage) => passage.state === state)?.at;
  const [sentAt, completedAt] = [at('payment_sent'), at('completed')];
  if (sentAt === undefined || completedAt === undefined) return undefined;
  return Math.max(0, Math.round((completedAt - sentAt) / MINUTE_MS));
}
