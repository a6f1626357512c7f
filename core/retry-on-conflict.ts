/** A thing kept changing while a use case read it. Nothing was written, and the same request may succeed later. */
export class Contended extends Error {
  override name = 'Contended';
}

/** A try fails only if another request succeeded, so few requests ever need many tries. */
const TRIES = 40;

/**
 * Reads, decides and writes, and repeats this if the thing changed between reading and writing.
 *
 * @param thing name of the thing, for the error's message
 * @param attempt resolves with 'changed_since' if another write came first
 * @param tries upper bound of attempts
 * @throws Contended after `tries` attempts
 */
export async function retryOnConflict<T>(
  thing: string,
  attempt: () => Promise<T | 'changed_since'>,
  tries = TRIES,
): Promise<T> {
  for (let n = 0; n < tries; n++) {
    const result = await attempt();
    if (result !== 'changed_since') return result;
  }
  throw new Contended(`${thing} changed ${tries} times while it was being read`);
}
