import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** How one suite went. */
export type Tally = { suite: string; passed: number; failed: number; skipped: number; seconds: number };

/**
 * Those of this run and, where PUPERO_TALLIES names a file, of the runs before it, which it keeps for the next: so that
 * the last line of several commands in a row sums up all of them.
 */
export function keepTallies(tallies: Tally[]): Tally[] {
  const file = process.env.PUPERO_TALLIES;
  if (!file) return tallies;
  const before: Tally[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const all = [...before, ...tallies];
  writeFileSync(file, JSON.stringify(all));
  return all;
}

/** A line per suite, and the sum of them as the very last one. */
export function lastLines(tallies: Tally[]): string[] {
  const lines = tallies.map(({ suite, passed, failed, skipped, seconds }) => {
    const verdict = failed > 0 ? 'FAILED' : 'ok    ';
    return `${verdict} ${suite.padEnd(9)} ${passed} passed, ${failed} failed, ${skipped} skipped, ${seconds.toFixed(0)} s`;
  });
  const sum = (what: 'passed' | 'failed' | 'skipped') =>
    tallies.reduce((total, tally) => total + tally[what], 0);
  return [...lines, `${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`];
}
