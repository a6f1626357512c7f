import { type Clock, type Instant, later } from '#core/time.ts';

/** A clock that only `pass` moves. @param ms milliseconds */
export type MemoryClock = Clock & { pass(ms: number): void };

export function memoryClock(start: Instant): MemoryClock {
  let now = start;
  return {
    now: () => now,
    pass: (ms) => {
      now = later(now, ms);
    },
  };
}
