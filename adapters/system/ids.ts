import { monotonicFactory } from 'ulid';
import type { Ids } from '#core/ids.ts';
import type { Clock } from '#core/time.ts';

/**
 * ULIDs in lower case: 48 bits of time, 80 random bits. Ids of one factory sort by the order in which they were made,
 * also within a millisecond or if the clock goes back; ids of different factories sort by the millisecond.
 *
 * @param random numbers from 0 to below 1; from the system's generator by default
 */
export function ulids(clock: Clock, random?: () => number): Ids {
  const next = monotonicFactory(random);
  return { next: <T extends string>() => next(clock.now()).toLowerCase() as T };
}
