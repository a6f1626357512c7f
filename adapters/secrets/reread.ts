import { type Clock, type Instant, SECOND_MS } from '#core/time.ts';

/** Age at which a value is read again when it is used. The rotation of keys relies on it. */
const REREAD_AFTER_MS = 30 * SECOND_MS;
/** Minimum interval between reads by `newest`. Forged key ids cause at most one read in this time. */
export const REREAD_AT_MOST_EVERY_MS = 5 * SECOND_MS;

/** A setting that a running function reads again, so that it learns of a new value without a restart. */
export interface Reread<Value> {
  /**
   * The value, at most 30 s old. If it cannot be read, the last one stays.
   * @param oldestMs rejects instead if the last one is older than this
   */
  current(oldestMs?: number): Promise<Value>;
  /** The value, read after the call, or within the 5 s before it. @throws the error of the read */
  newest(): Promise<Value>;
}

/**
 * @param first the value as it was read at the start
 * @param read reads it again
 */
export function reread<Value>(first: Value, read: () => Promise<Value>, clock: Clock): Reread<Value> {
  let known = { value: first, readAt: clock.now() };
  let last: { startedAt: Instant; reading: Promise<Value> } = {
    startedAt: clock.now(),
    reading: (async () => first)(),
  };
  /** The age counts from the start of the read, because the read may miss a change during it. */
  const readAgain = (afterMs: number): Promise<Value> => {
    const startedAt = clock.now();
    if (startedAt - last.startedAt < afterMs) return last.reading;
    const reading = read().then((value) => {
      known = { value, readAt: startedAt };
      return value;
    });
    reading.catch(() => {});
    last = { startedAt, reading };
    return reading;
  };
  return {
    async current(oldestMs = Number.POSITIVE_INFINITY) {
      if (clock.now() - known.readAt < REREAD_AFTER_MS) return known.value;
      try {
        return await readAgain(REREAD_AT_MOST_EVERY_MS);
      } catch (error) {
        if (clock.now() - known.readAt < oldestMs) return known.value;
        throw error;
      }
    },
    newest: () => readAgain(REREAD_AT_MOST_EVERY_MS),
  };
}
