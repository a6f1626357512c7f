import { figure, table } from './markdown.ts';

/** The figures of each part, as `part.figure`. */
export type Figures = Record<string, number>;

type Row = {
  what: string;
  /** The older system's figure, or words if it had none. */
  before: number | string;
  unit: string;
  /** Names of the figures that it is compared with. Several times are added; several rates are combined as one rate. */
  ours: string[];
};

/**
 * The system that Pupero replaces: six Python services behind a proxy, measured through the proxy on two cores on
 * 2026-11-21.
 */
const ROWS: Row[] = [
  {
    what: 'page of offers, 10 stored (ours 100), 1 client',
    before: 43,
    unit: 'ms',
    ours: ['scale.page 100 1 ms'],
  },
  { what: 'page of offers, 1,000 stored, 1 client', before: 67, unit: 'ms', ours: ['scale.page 1000 1 ms'] },
  {
    what: 'page of offers, 10,000 stored, 1 client',
    before: 444,
    unit: 'ms',
    ours: ['scale.page 10000 1 ms'],
  },
  {
    what: 'page of offers, 100,000 stored, 1 client',
    before: 4_900,
    unit: 'ms',
    ours: ['scale.page 100000 1 ms'],
  },
  {
    what: 'pages of offers, 10 stored (ours 100), 16 clients',
    before: 25,
    unit: 'a second',
    ours: ['scale.page 100 16 a second'],
  },
  {
    what: 'pages of offers, 1,000 stored, 16 clients',
    before: 21,
    unit: 'a second',
    ours: ['scale.page 1000 16 a second'],
  },
  {
    what: 'pages of offers, 10,000 stored, 16 clients',
    before: 2.2,
    unit: 'a second',
    ours: ['scale.page 10000 16 a second'],
  },
  {
    what: 'pages of offers, 100,000 stored, 16 clients',
    before: 'all fail',
    unit: 'a second',
    ours: ['scale.page 100000 16 a second'],
  },
  {
    what: 'hold and release of a trade, 1 client',
    before: 89,
    unit: 'ms',
    ours: ['latency.startTrade 1 ms', 'latency.confirmPaymentReceived 1 ms'],
  },
  {
    what: 'hold and release of a trade, 16 clients',
    before: 11.3,
    unit: 'a second',
    ours: ['latency.startTrade 16 a second', 'latency.confirmPaymentReceived 16 a second'],
  },
  { what: 'log in (8 clients; ours 16)', before: 7.8, unit: 'a second', ours: ['latency.logIn 16 a second'] },
  {
    what: 'withdrawal accepted, 1 client',
    before: 'not measured',
    unit: 'ms',
    ours: ['latency.requestWithdrawal, to a member 1 ms'],
  },
  { what: 'start until healthy', before: 11.3, unit: 's', ours: ['start.readySeconds'] },
  { what: 'memory, idle', before: 555, unit: 'MiB', ours: ['start.mebibytes'] },
  { what: 'page of offers, in the browser', before: 365, unit: 'kB', ours: ['site.marketKilobytes'] },
];

/** A table that compares the two systems. @throws an Error if a part was not measured */
export function comparison(figures: Figures): string {
  const rows = ROWS.map(({ what, before, unit, ours }) => {
    const found = ours.map((name) => {
      const value = figures[name];
      if (value === undefined) throw new Error(`The comparison lacks ${name}.`);
      return value;
    });
    const now = unit === 'a second' ? 1 / sum(found.map((rate) => 1 / rate)) : sum(found);
    const better =
      typeof before === 'number' ? (unit === 'a second' ? now / before : before / now) : Number.NaN;
    return [what, `${before}`, figure(now), unit, Number.isNaN(better) ? '' : `× ${figure(better)}`];
  });
  return `Where the work is the same. The older figures are of another day (2026-11-21, two cores, through the public
entry); ours are of this run, over HTTP through \`sls offline\`. The older system sent every offer, ours a page of 20.

${table(['what', 'older system', 'Pupero', 'unit', 'better by'], rows)}`;
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
