import { appendFileSync, readFileSync } from 'node:fs';

/** How one suite went. */
export type Tally = { suite: string; passed: number; failed: number; skipped: number; seconds: number };

/**
 * Adds these tallies to the file that PUPERO_TALLIES names, if it names one, and returns all that stand there. So the
 * last line of several commands sums up all of them, also when they run side by side, because each adds its own first.
 */
export function keepTallies(tallies: Tally[]): Tally[] {
  const file = process.env.PUPERO_TALLIES;
  if (!file) return tallies;
  appendFileSync(file, tallies.map((tally) => `${JSON.stringify(tally)}\n`).join(''));
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** A line per suite, and the sum of them as the very last one. */
export function lastLines(tallies: Tally[]): string[] {
  const lines = tallies.map(({ suite, passed, failed, skipped, seconds }) => {
    const verdict = failed > 0 ? 'FAILED' : 'ok    ';
    return `${verdict} ${suite.padEnd(17)} ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds.toFixed(0)} s`;
  });
  const sum = (what: 'passed' | 'failed' | 'skipped') =>
    tallies.reduce((total, tally) => total + tally[what], 0);
  return [...lines, `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`];
}
