/** How one suite went. */
export type Tally = { suite: string; passed: number; failed: number; skipped: number; seconds: number };

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
