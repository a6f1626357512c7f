import { type Clock, type Instant, later } from '#core/time.ts';

/** A clock that stands still until `pass` moves it by so many milliseconds. */
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
