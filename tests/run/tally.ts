import { appendFileSync, readFileSync } from 'node:fs';

/** The result of one suite. */
export type Tally = { suite: string; passed: number; failed: number; skipped: number; seconds: number };

/**
 * Adds these tallies to the file PUPERO_TALLIES, if it is set, and returns all tallies in it. The last line of several
 * commands, even parallel ones, therefore sums up all of them.
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
