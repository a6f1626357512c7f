import { setTimeout as sleep } from 'node:timers/promises';

/** Looks again until what is seen fits, or the time is up; resolves with what was seen last. */
export async function until<Seen>(
  look: () => Promise<Seen>,
  fits: (seen: Seen) => boolean,
  { withinMs = 20_000, everyMs = 200 } = {},
): Promise<Seen> {
  const deadline = Date.now() + withinMs;
  let seen = await look();
  while (!fits(seen) && Date.now() < deadline) {
    await sleep(everyMs);
    seen = await look();
  }
  return seen;
}
