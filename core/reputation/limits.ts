import { DAY_MS } from '../time.ts';

/** UTF-16 units. */
export const COMMENT_MAX_LENGTH = 500;

export const RATING_MIN = 1;
export const RATING_MAX = 5;

/** How long a review is hidden while the other party has written none. */
export const HIDDEN_MS = 7 * DAY_MS;

/** Age from which an account counts in full. Time is the only thing that a faker of accounts cannot make. */
export const ESTABLISHED_AFTER_MS = 30 * DAY_MS;

/** Whole weight, in thousandths. */
export const FULL_WEIGHT = 1_000;
/** The weight of an account that was opened just now, in thousandths. */
export const NEWCOMER_WEIGHT = 10;

/** Trades between the same two accounts that count, and reviews of one author about one account. */
export const COUNTED_REPETITIONS = 3;

/** Upper bound of hidden reviews that are looked up for a profile. People have few, because they end within 7 days. */
export const MAX_HIDDEN = 100;

/** The newest release times of a seller, of which the median is shown. */
export const RELEASES_KEPT = 31;

/** Characters of a search. The index is divided by the first ones. */
export const SEARCH_MIN_CHARACTERS = 2;
