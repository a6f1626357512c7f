import { parseArgs } from 'node:util';
import { FAULTS } from '../faults/faults.ts';
import type { Finding } from '../simulate.ts';
import { built } from './build.ts';
import { findFaults } from './find-faults.ts';

const help = `
npm run simulate                              a million steps from seed 1
npm run simulate -- --seed N --steps M        M steps from seed N; the same seed does the same in each run
npm run simulate -- --fault NAME              with a planted fault
npm run simulate -- --faults                  with each planted fault in turn; fails if one is not found
npm run simulate -- --help                    this

A step is one call of a port, or one event outside. docs/simulation.md says how it works.
`;

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    steps: { type: 'string', default: '1000000' },
    fault: { type: 'string' },
    faults: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});

/** The value of an option. @throws RangeError if it is not a whole number from `least` to `most` */
function wholeNumber(name: 'seed' | 'steps', least: number, most: number): number {
  const number = Number(values[name]);
  if (!Number.isInteger(number) || number < least || number > most)
    throw new RangeError(`--${name} takes a whole number from ${least} to ${most}`);
  return number;
}

const MAX_SEED = 2 ** 31 - 1;

function report({ invariant, detail, seed, step, stepOfRun, trace }: Finding, fault: string | undefined) {
  for (const { step: at, label, detail: more = '', fate = '' } of trace)
    console.log(
      `${at.toString().padStart(7)}  ${label}: ${more} ${fate === 'answered' ? '' : fate}`.trimEnd(),
    );
  console.log(`\nBroken at step ${stepOfRun}: ${invariant}\n${detail}`);
  const planted = fault === undefined ? '' : ` --fault ${fault}`;
  console.log(`To repeat it: npm run simulate -- --seed ${seed} --steps ${step}${planted}`);
}

/** Runs the simulation and prints its result. @returns whether every invariant held */
async function run(): Promise<boolean> {
  const seed = wholeNumber('seed', 0, MAX_SEED);
  const steps = wholeNumber('steps', 1, Number.MAX_SAFE_INTEGER);
  const fault = FAULTS.find(({ name }) => name === values.fault);
  if (values.fault !== undefined && !fault)
    throw new RangeError(`--fault takes one of ${FAULTS.map(({ name }) => name).join(', ')}`);
  const simulate = await built(fault?.patches);
  const begun = performance.now();
  const cpu = process.cpuUsage();
  let saidAt = begun;
  const progress = (made: number) => {
    const now = performance.now();
    if (now - saidAt < 1_000) return;
    saidAt = now;
    console.log(`${((now - begun) / 1_000).toFixed(0).padStart(4)} s  ${made} steps`);
  };
  const { steps: made, worlds, finding } = await simulate({ seed, steps, progress });
  const { user, system } = process.cpuUsage(cpu);
  const cpuSeconds = (user + system) / 1e6;
  if (finding) report(finding, fault?.name);
  console.log(
    `${made} steps in ${worlds} worlds from seed ${seed}, ${cpuSeconds.toFixed(1)} s of one core: ` +
      `${Math.round(made / cpuSeconds)} steps a second`,
  );
  return finding === undefined;
}

try {
  if (values.help) console.log(help);
  else if (!(await (values.faults ? findFaults(console.log) : run()))) process.exitCode = 1;
} catch (error) {
  if (!(error instanceof RangeError)) throw error;
  console.error(`${error.message}. See npm run simulate -- --help`);
  process.exitCode = 2;
}
