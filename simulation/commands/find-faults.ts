import { FAULTS } from '../faults/faults.ts';
import { built } from './build.ts';

/** Steps after which a fault counts as not found. */
const STEPS = 200_000;
/** Upper bound for all faults together. */
const MOST_SECONDS = 180;

const row = (...[fault, invariant, step, seconds]: string[]) =>
  `${fault!.padEnd(24)}${invariant!.padEnd(20)}${step!.padStart(9)}${seconds!.padStart(9)}`;

/**
 * Plants each fault in turn and looks whether its invariant finds it. Prints a table.
 *
 * @returns whether all were found in time
 */
export async function findFaults(say: (line: string) => void): Promise<boolean> {
  const begun = performance.now();
  say(row('fault', 'found by', 'step', 'seconds'));
  let found = 0;
  for (const { name, patches, finds } of FAULTS) {
    const from = performance.now();
    const { finding } = await (await built(patches))({ seed: 1, steps: STEPS });
    const seconds = ((performance.now() - from) / 1_000).toFixed(1);
    say(row(name, finding?.invariant ?? 'NOT FOUND', `${finding?.stepOfRun ?? STEPS}`, seconds));
    if (finding?.invariant === finds) found += 1;
    else if (finding) say(`  expected ${finds}: ${finding.detail}`);
  }
  const seconds = (performance.now() - begun) / 1_000;
  say(`${found} of ${FAULTS.length} faults found in ${seconds.toFixed(1)} s`);
  if (seconds > MOST_SECONDS) say(`The limit is ${MOST_SECONDS} s.`);
  return found === FAULTS.length && seconds <= MOST_SECONDS;
}
