import { type Step, steps } from './steps.ts';

export type StepResult = { name: string; complaints: string[]; seconds: number };

const SIDE_BY_SIDE = 2;

/** Runs all steps, two at a time, and reports each at its end. An abort ends their programs. */
export async function check(
  say: (line: string) => void,
  { chosen = steps, signal }: { chosen?: Step[]; signal?: AbortSignal } = {},
): Promise<StepResult[]> {
  const waiting = [...chosen];
  const results: StepResult[] = [];
  const lane = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const result = await timed(step, signal);
      results.push(result);
      const verdict = result.complaints.length === 0 ? 'ok    ' : 'FAILED';
      say(`${verdict} ${step.name}, ${result.seconds.toFixed(1)} s`);
      for (const line of result.complaints) say(`       ${line}`);
    }
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane));
  return results;
}

async function timed({ name, complaints }: Step, signal?: AbortSignal): Promise<StepResult> {
  const begun = performance.now();
  const found = await complaints(signal).catch((error: Error) => [error.message]);
  return { name, complaints: found, seconds: (performance.now() - begun) / 1000 };
}

if (import.meta.main) {
  const wanted = process.argv.slice(2);
  const chosen = wanted.length
    ? steps.filter(({ name }) => wanted.some((word) => name.includes(word)))
    : steps;
  const results = await check(console.log, { chosen });
  process.exitCode = results.some(({ complaints }) => complaints.length > 0) ? 1 : 0;
}
