import { setTimeout as sleep } from 'node:timers/promises';
import { leftOf, NpmRun, surroundings } from '#tests/sandbox/npm-start.ts';
import { type BenchRun, inFolder } from '../sandbox.ts';
import { type Weighed, weigh } from './memory.ts';

const FIRST_START_MS = 180_000;
/** Seconds of idling before memory is measured, because V8 releases the memory of a start gradually. */
export const IDLE_SECONDS = 30;

export type Started = { parts: { part: string; seconds: number }[]; readySeconds: number; memory: Weighed[] };

/** Starts twice on one data folder, as users do, and measures the second start. */
export const secondStart = ({ say, signal }: BenchRun): Promise<Started> =>
  inFolder(async (dataDir) => {
    const env = { ...(await surroundings(dataDir)), PUPERO_MINE_EVERY_SECONDS: '0' };
    say('the first start, which builds site and chain');
    await running(env, signal, () => Promise.resolve());
    say('the second start');
    return running(env, signal, async (run) => {
      const times = timesIn(run.printed);
      say(`what it weighs after ${IDLE_SECONDS} s of nobody there`);
      await sleep(IDLE_SECONDS * 1_000, undefined, { signal });
      return { ...times, memory: weigh(run.processes()) };
    });
  });

async function running<T>(
  env: Record<string, string>,
  signal: AbortSignal,
  work: (run: NpmRun) => Promise<T>,
) {
  const run = new NpmRun(['start', '--silent'], env);
  const stop = () => run.ctrlC();
  signal.addEventListener('abort', stop, { once: true });
  try {
    await run.ready('Ctrl-C stops everything', FIRST_START_MS);
    return await work(run);
  } finally {
    const processes = run.processes();
    stop();
    await run.ended;
    await leftOf(processes);
    signal.removeEventListener('abort', stop);
  }
}

/** Parses the lines that a start prints, each with its seconds. */
function timesIn(printed: string): Pick<Started, 'parts' | 'readySeconds'> {
  const lines = [...printed.matchAll(/^ *(\d+[.]\d) s {2}(database|queue|node|wallet|functions|site) /gm)];
  const [, ready = 'NaN'] = /Pupero is ready after ([\d.]+) s/.exec(printed) ?? [];
  return {
    parts: lines.map(([, seconds, part]) => ({ part: part!, seconds: Number(seconds) })),
    readySeconds: Number(ready),
  };
}
