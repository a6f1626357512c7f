import { percentile } from '../report/numbers.ts';

export type Timed = { ms: number[]; seconds: number };

/**
 * Runs several workers in parallel, each of which makes one call after the other. All `prepare` steps run before the
 * calls, and all `finish` steps after them; neither is timed.
 */
export async function load(
  workers: number,
  callsEach: number,
  prepare: (worker: number, n: number) => Promise<unknown>,
  call: (worker: number, prepared: never) => Promise<unknown>,
  finish: (worker: number, prepared: never, answer: unknown) => Promise<unknown> = async () => {},
): Promise<Timed> {
  const prepared = await Promise.all(
    Array.from({ length: workers }, async (_, worker) => {
      const ready: unknown[] = [];
      for (let n = 0; n < callsEach; n++) ready.push(await prepare(worker, n));
      return ready;
    }),
  );
  const ms: number[] = [];
  const answered: (() => Promise<unknown>)[] = [];
  const begun = performance.now();
  const work = async (worker: number) => {
    for (const one of prepared[worker]!) {
      const started = performance.now();
      const answer = await call(worker, one as never);
      ms.push(performance.now() - started);
      answered.push(() => finish(worker, one as never, answer));
    }
  };
  await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  const seconds = (performance.now() - begun) / 1000;
  for (const tidyUp of answered) await tidyUp();
  return { ms, seconds };
}

export type Summary = { p50: number; p95: number; p99: number; aSecond: number };

/** Combines several rounds of the same work into one summary. */
export function summaryOf(rounds: readonly Timed[]): Summary {
  const ms = rounds.flatMap((round) => round.ms);
  const seconds = rounds.reduce((sum, round) => sum + round.seconds, 0);
  const at = (share: number) => percentile(ms, share);
  return { p50: at(0.5), p95: at(0.95), p99: at(0.99), aSecond: ms.length / seconds };
}
