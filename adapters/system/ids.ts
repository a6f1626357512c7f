import { monotonicFactory } from 'ulid';
import type { Ids } from '#core/ids.ts';
import type { Clock } from '#core/time.ts';

/** ULIDs in lower case: 48 bits of time, 80 of chance; ids of one millisecond keep the order they were made in. */
export function ulids(clock: Clock): Ids {
  const next = monotonicFactory();
  return { next: <T extends string>() => next(clock.now()).toLowerCase() as T };
}
