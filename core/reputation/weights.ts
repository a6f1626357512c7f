import type { Instant } from '../time.ts';
import { COUNTED_REPETITIONS, ESTABLISHED_AFTER_MS, FULL_WEIGHT, NEWCOMER_WEIGHT } from './limits.ts';

/**
 * The weight of an account by its age, in thousandths: 10 at its registration, 1,000 after 30 days, and in between in
 * proportion. An account without `since` has full weight, because it is older than the field.
 */
export function weightOfAge(since: Instant | undefined, now: Instant): number {
  if (since === undefined) return FULL_WEIGHT;
  const share = Math.floor((FULL_WEIGHT * (now - since)) / ESTABLISHED_AFTER_MS);
  return Math.min(FULL_WEIGHT, Math.max(NEWCOMER_WEIGHT, share));
}

/** The weight of the `nth` trade with, or review by, an account, in thousandths: 1,000/n², and 0 from the 4th on. */
export const weightOfRepetition = (nth: number): number =>
  nth > COUNTED_REPETITIONS ? 0 : Math.floor(FULL_WEIGHT / nth ** 2);
