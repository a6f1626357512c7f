import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Calls `look` repeatedly until its result fits.
 *
 * @param withinMs the time that the product promises, plus a margin for a busy machine
 * @returns the result that fits
 * @throws an Error with the last result when the time is over, so that no wait can fail unnoticed
 */
export async function until<Seen>(
  look: () => Promise<Seen>,
  fits: (seen: Seen) => boolean,
  { withinMs = 20_000, everyMs = 200 } = {},
): Promise<Seen> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const seen = await look();
    if (fits(seen)) return seen;
    if (Date.now() >= deadline)
      throw new Error(`After ${withinMs / 1000} s there was still:\n${shown(seen)}`);
    await sleep(everyMs);
  }
}

const shown = (seen: unknown) =>
  typeof seen === 'string'
    ? seen
    : JSON.stringify(seen, (_, value) => (typeof value === 'bigint' ? `${value}` : value), 2);
