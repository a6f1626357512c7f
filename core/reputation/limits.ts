import { DAY_MS } from '../time.ts';

/** In UTF-16 units. */
export const COMMENT_MAX_LENGTH = 500;

export const RATING_MIN = 1;
export const RATING_MAX = 5;

/** A review is hidden for this time, or until the other party writes one. */
export const HIDDEN_MS = 7 * DAY_MS;

/** Age at which an account has full weight, because only time makes many accounts costly. */
export const ESTABLISHED_AFTER_MS = 30 * DAY_MS;

/** The full weight, in thousandths. */
export const FULL_WEIGHT = 1_000;
/** The weight of an account at its registration, in thousandths. */
export const NEWCOMER_WEIGHT = 10;

/** Upper bound of trades of one pair that count, and of reviews by one author about one account. */
export const COUNTED_REPETITIONS = 3;

/** Upper bound of hidden reviews in the sums of an account. A profile reads them in one batch of the store. */
export const MAX_HIDDEN = 100;
/** The same for reviews without weight, so that one author with many trades does not fill the list of another account. */
export const MAX_HIDDEN_WEIGHTLESS = 50;

/** Number of release times of which the median is shown, the newest ones of a seller. */
export const RELEASES_KEPT = 31;

/** Minimum length of a search, because these first characters are the partition of the index. */
export const SEARCH_MIN_CHARACTERS = 2;
/** Maximum length of a search, in UTF-16 units. */
export const SEARCH_MAX_LENGTH = 64;
