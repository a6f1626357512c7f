import { failuresOf, throwFailures } from '../for-each-isolated.ts';
import { asInstant, MINUTE_MS } from '../time.ts';
import { eraseRest } from './erase.ts';
import type { ErasingPorts } from './ports.ts';

/**
 * Minimum age of a deletion that is finished. By then all requests that were in progress have ended (29 s at most), and
 * the indexes show their writes.
 */
const SETTLED_MS = 2 * MINUTE_MS;
/** Upper bound of deletions of one run. The next run continues. */
const DELETIONS_A_RUN = 10;

/**
 * Runs on a schedule the steps of each unfinished deletion again, then removes the deletion. It finds offers that a
 * lagging index hid, and steps that a crashed process left.
 *
 * @returns the number of deletions
 * @throws the errors of single deletions, after all others were tried
 */
export const finishDeletions = (ports: ErasingPorts) => async (): Promise<number> => {
  const before = asInstant(ports.clock.now() - SETTLED_MS);
  const begun = await ports.deletions.begunBefore(before, DELETIONS_A_RUN);
  const failures = await failuresOf(begun, async (deletion) => {
    await eraseRest(ports, deletion);
    await ports.deletions.finish(deletion);
  });
  throwFailures(failures);
  return begun.length;
};
