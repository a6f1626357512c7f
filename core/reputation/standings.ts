import type { AccountId, TradeId } from '../ids.ts';
import { asPiconero, PICONERO_PER_XMR, type Piconero } from '../money/xmr.ts';
import { asInstant, DAY_MS, type Instant, later, MINUTE_MS } from '../time.ts';
import { historyOf, type Trade } from '../trades/trades.ts';
import { ESTABLISHED_AFTER_MS, FULL_WEIGHT, RELEASES_KEPT } from './limits.ts';
import type { Review } from './reviews.ts';
import { VOLUME_BANDS, type VolumeBand } from './states.ts';
import { weightOfAge, weightOfRepetition } from './weights.ts';

/** What accounts have brought, each by the weight of its repetitions, in thousandths. */
export type Weighed = {
  /** Of the trades with them. */
  trades: number;
  /** Their amounts, each multiplied by its weight. */
  piconero: Piconero;
  /** Of their reviews. */
  reviews: number;
  /** Their ratings, each multiplied by its weight. */
  ratings: number;
};

/** The trades and reviews of one account, in a form that does not grow with their number. */
export type Standing = {
  accountId: AccountId;
  /** Distinct accounts with which it has completed a trade. */
  counterparties: number;
  /** Reviews about it, also hidden ones. */
  reviews: number;
  /** From accounts that are established. */
  established: Weighed;
  /** From younger accounts, by the day of their registration, so at most 32. */
  young: readonly (Weighed & { since: Instant })[];
  /** The newest release times as a seller in whole minutes, oldest first. */
  releaseMinutes: readonly number[];
  version: number;
};

/** What two accounts have done with each other, as far as it counts. */
export type Pair = {
  accountIds: readonly [AccountId, AccountId];
  /** Their first completed trades. */
  tradeIds: readonly TradeId[];
  /** The authors of their first reviews about each other, one entry for each review. */
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

/** The end of a day, so that no account seems older than it is. */
const dayOf = (at: Instant) => asInstant(Math.ceil(at / DAY_MS) * DAY_MS);

const isEstablished = (since: Instant, now: Instant) => now >= later(since, ESTABLISHED_AFTER_MS);

/**
 * A standing with what an account has brought. Accounts that are established by now move into their sum.
 *
 * @param since when that account was opened
 */
function withBrought(
  standing: Standing,
  brought: Weighed,
  since: Instant | undefined,
  now: Instant,
): Standing {
  const all = [...standing.young, { ...brought, since: dayOf(since ?? asInstant(0)) }];
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
  /** When the counterparty's account was opened. */
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
    ...withBrought(standing, { ...NOTHING, trades, piconero }, since, now),
    counterparties: standing.counterparties + (nth === 1 ? 1 : 0),
    releaseMinutes: [...standing.releaseMinutes, ...releases].slice(-RELEASES_KEPT),
    version: standing.version + 1,
  };
}

type CountedReview = Pick<Review, 'rating' | 'weight' | 'authorSince'>;

/** The next version of a standing, with a review. */
export const withReview = (standing: Standing, review: CountedReview, now: Instant): Standing => ({
  ...withBrought(standing, broughtBy(review), review.authorSince, now),
  reviews: standing.reviews + 1,
  version: standing.version + 1,
});

/** The next version of a standing, without a review that it has. */
export function withoutReview(standing: Standing, review: CountedReview, now: Instant): Standing {
  const { reviews, ratings } = broughtBy(review);
  const taken = { ...NOTHING, reviews: -reviews, ratings: -ratings };
  return {
    ...withBrought(standing, taken, review.authorSince, now),
    reviews: standing.reviews - 1,
    version: standing.version + 1,
  };
}

const broughtBy = ({ rating, weight }: CountedReview): Weighed => ({
  ...NOTHING,
  reviews: weight,
  ratings: rating * weight,
});

/** What a standing weighs at a time, when the young accounts are as old as they are then. */
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

/** The weighed mean of ratings with two decimals; `undefined` without one. */
export const ratingOf = ({ reviews, ratings }: Weighed): number | undefined =>
  reviews > 0 ? Math.round((100 * ratings) / reviews) / 100 : undefined;

/** Lower bounds of the bands after `below_1`, in XMR. */
const BAND_BEGINS = [1n, 10n, 100n, 1_000n];

/** The band of an amount. A band, so that nobody learns from a profile what an account is worth. */
export function volumeBandOf(piconero: Piconero): VolumeBand {
  if (piconero === 0n) return 'none';
  const passed = BAND_BEGINS.filter((xmr) => piconero >= xmr * PICONERO_PER_XMR).length;
  return VOLUME_BANDS[passed + 1]!;
}

/** The lower of the two middle ones if their number is even; `undefined` if there is none. */
export function medianOf(minutes: readonly number[]): number | undefined {
  return [...minutes].sort((a, b) => a - b)[Math.ceil(minutes.length / 2) - 1];
}

/** Whole minutes from the payment to the release of the XMR; `undefined` if the trade does not say. */
export function releaseMinutesOf(trade: Trade): number | undefined {
  const history = historyOf(trade);
  const at = (state: Trade['state']) => history.find((passage) => passage.state === state)?.at;
  const [sentAt, completedAt] = [at('payment_sent'), at('completed')];
  if (sentAt === undefined || completedAt === undefined) return undefined;
  return Math.max(0, Math.round((completedAt - sentAt) / MINUTE_MS));
}
