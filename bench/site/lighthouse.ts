import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/**
 * Downloaded on use by npx, and not a dependency: its 114 packages (176 MB) require a newer Node than `npm ci` runs on,
 * and only this file needs them.
 */
const LIGHTHOUSE = 'lighthouse@13.5.0';
const A_RUN_MS = 180_000;
const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
const METRICS = [
  'first-contentful-paint',
  'largest-contentful-paint',
  'total-blocking-time',
  'cumulative-layout-shift',
];

type Report = {
  categories: Record<(typeof CATEGORIES)[number], { score: number }>;
  audits: Record<string, { numericValue?: number }>;
};

/** Lighthouse's result for one page on a phone: scores of 0 to 100, and times in ms (the layout shift has no unit). */
export type Judged = { page: string; scores: number[]; metrics: number[] };
export const judgedBy = { scores: CATEGORIES, metrics: METRICS };

/** @returns `undefined` if Lighthouse cannot be downloaded or run; `say` gets the reason */
export async function judge(
  page: string,
  url: string,
  { say, signal }: { say: (line: string) => void; signal: AbortSignal },
): Promise<Judged | undefined> {
  const args = [
    ...['--yes', '--package', LIGHTHOUSE, '--', 'lighthouse', url, '--output=json', '--quiet'],
    ...['--chrome-flags=--headless=new --no-sandbox', `--only-categories=${CATEGORIES.join()}`],
  ];
  const env = { ...process.env, CHROME_PATH: process.env.CHROMIUM_BIN ?? '/usr/bin/chromium' };
  try {
    const options = { env, signal, timeout: A_RUN_MS, maxBuffer: 64 * 1024 * 1024 };
    const { stdout } = await promisify(execFile)('npx', args, options);
    const { categories, audits } = JSON.parse(stdout) as Report;
    return {
      page,
      scores: CATEGORIES.map((name) => Math.round(categories[name].score * 100)),
      metrics: METRICS.map((name) => audits[name]?.numericValue ?? Number.NaN),
    };
  } catch (error) {
    say(`Lighthouse could not look at ${page}: ${(error as Error).message.split('\n')[0]}`);
    return undefined;
  }
}
