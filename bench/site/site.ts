import { expected, overCeilings } from '../expected/expected.ts';
import type { Found, Part } from '../part.ts';
import { columns, table } from '../report/markdown.ts';
import { bars } from '../report/plot.ts';
import { type BenchRun, onSandbox } from '../sandbox.ts';
import { type FirstLoad, figuresOf, firstLoads } from './first-loads.ts';
import { type Judged, judge, judgedBy } from './lighthouse.ts';
import { preparePages, type Visits } from './pages.ts';

const ROOM = 1.02;
const JUDGED = ['/', '/sign-in', '/offers/:offerId'];
const PARTS = ['dynamodb', 'queue', 'chain', 'functions', 'site'] as const;

/** Counts requests and bytes of each page's first load. Runs Lighthouse on the pages that need no login. */
export const site: Part = (run): Promise<Found> =>
  onSandbox([...PARTS], run, async ({ urls }) => {
    const visits = await preparePages(urls.api);
    run.say('opening every page');
    const loads = await firstLoads(urls.site, visits);
    const judged = await judgedPages(urls.site, visits, run);
    const figures = figuresOf(loads);
    return {
      markdown: [firstLoadTable(loads), judgedTable(judged)].join('\n\n'),
      plots: { 'site.svg': plot(loads) },
      lines: columns([
        ['page', 'files', 'kB', 'API', 'elsewhere'],
        ...loads.map(({ page, files, fileBytes, apiRequests, elsewhere }) => [
          ...[page, files, fileBytes / 1000, apiRequests, elsewhere.length],
        ]),
        ...judged.map(({ page, scores }) => [`${page}: ${scores.join(', ')} of 100`, '', '', '', '']),
      ]),
      expectations: { site: ceilingsOf(figures) },
      complaints: overCeilings(expected<Record<string, number>>('site'), figures),
      figures: { marketKilobytes: loads[0]!.fileBytes / 1000 },
    };
  });

async function judgedPages(siteUrl: string, { pages }: Visits, run: BenchRun): Promise<Judged[]> {
  const found: Judged[] = [];
  for (const { name, path } of pages.filter((page) => JUDGED.includes(page.name))) {
    run.say(`Lighthouse looks at ${name}`);
    const judged = await judge(name, `${siteUrl}${path}`, run);
    if (judged) found.push(judged);
  }
  return found;
}

/** The ceilings: bytes may grow a little with a package's new version; the number of requests may not. */
const ceilingsOf = (figures: Record<string, number>) =>
  Object.fromEntries(
    Object.entries(figures).map(([name, value]) => [
      name,
      name.endsWith(' bytes') ? Math.ceil(value * ROOM) : value,
    ]),
  );

function firstLoadTable(loads: readonly FirstLoad[]): string {
  const rows = loads.map(({ page, files, fileBytes, apiRequests, elsewhere }) => [
    ...[page, files, fileBytes / 1000, apiRequests, elsewhere.length],
  ]);
  return `What a browser asks for that has never been here. Bytes of files as compressed by gzip; answers of the API are
counted, not weighed, as they depend on what is stored.

![Bytes of the first load](benchmarks/site.svg)

${table(['page', 'files', 'kB compressed', 'API requests', 'requests elsewhere'], rows)}`;
}

function judgedTable(judged: readonly Judged[]): string {
  if (judged.length === 0) return 'Lighthouse could not be run.';
  const words = (name: string) => name.replaceAll('-', ' ');
  const head = [
    'page',
    ...judgedBy.scores.map(words),
    ...judgedBy.metrics.map((name) => `${words(name)}, ms`),
  ];
  const rows = judged.map(({ page, scores, metrics }) => [
    page,
    ...scores,
    ...metrics.map((value) => Number(value.toPrecision(3))),
  ]);
  return `### Lighthouse

A local run, as on a slow phone (Lighthouse's own simulation); scores of 100, times in ms, the layout shift without
unit. The local server compresses nothing, as whatever stands before a deployed site does.

${table(
  head.map((name) => name.replace('shift, ms', 'shift')),
  rows,
)}`;
}

const plot = (loads: readonly FirstLoad[]) =>
  bars({
    title: 'First load of each page, kB of compressed files',
    names: [],
    bars: loads.map(({ page, fileBytes }) => ({ label: page, values: [fileBytes / 1000] })),
  });
