/** Others kept changing a thing while a use case read it. Nothing was written; the same request may succeed later. */
export class Contended extends Error {
  override name = 'Contended';
}

/** Each try after the first means that another request was written, so that few requests ever need many. */
const TRIES = 40;

/**
 * Reads, decides and writes; once more where what was read had changed before the write.
 *
 * @param thing that is contended, for the log
 * @param attempt resolves with 'changed_since' when another write came first
 * @throws Contended when that happened 40 times
 */
export async function retryOnConflict<T>(
  thing: string,
  attempt: () => Promise<T | 'changed_since'>,
): Promise<T> {
  for (let n = 0; n < TRIES; n++) {
    const result = await attempt();
    if (result !== 'changed_since') return result;
  }
  throw new Contended(`${thing} changed ${TRIES} times while it was being read`);
}
