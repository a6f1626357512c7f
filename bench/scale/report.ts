import { columns, figure, table } from '../report/markdown.ts';
import { lines } from '../report/plot.ts';
import { firstShare, hotKeys } from './hot.ts';
import type { AtSize } from './probe.ts';

/** Twice the API's default page, because fixed prices and market prices are two ranges of one index. */
const OFFERS_READ_AT_MOST = 40;

const first = (sizes: readonly AtSize[]) => sizes[0]!.probed;
const last = (sizes: readonly AtSize[]) => sizes.at(-1)!.probed;
const labels = (sizes: readonly AtSize[]) => first(sizes).map(({ label }) => label);
const at = ({ probed }: AtSize, label: string) => probed.find((one) => one.label === label)!;

/** Figures that grow with the size, although they must not. */
export function complaintsOf(sizes: readonly AtSize[]): string[] {
  const grown = last(sizes).flatMap(({ label, units, calls }, index) => {
    const small = first(sizes)[index]!;
    const more = units > small.units * 1.5 || calls > small.calls;
    return more ? [`${label}: ${small.units} units at first, ${units} at last`] : [];
  });
  const sorted = last(sizes)[0]!.usage.reads.filter(({ index }) => index === 'by-price');
  const read = sorted.reduce((sum, { items }) => sum + items, 0);
  if (read > OFFERS_READ_AT_MOST) grown.push(`offers by price read ${read} items for a page of 20`);
  return grown;
}

export function sectionOf(sizes: readonly AtSize[]): string {
  const names = sizes.map(({ size }) => size.toLocaleString('en'));
  const rows = (of: 'units' | 'items') =>
    labels(sizes).map((label) => [label, ...sizes.map((one) => at(one, label)[of])]);
  const times = labels(sizes).map((label) => {
    const ms = sizes.map((one) => at(one, label).ms);
    return [label, ...ms.map((value) => value / ms[0]!)];
  });
  return `As many offers (all in one market, half of them priced by the market, all of one owner), trades (all of
the same person, buying and selling), lines of that person's statement, and users. Pages have 20 lines.

![Units](benchmarks/scale-units.svg)

${table(['read and write units', ...names], rows('units'))}

${table(['items read', ...names], rows('items'))}

Time in process, median of 20, as a ratio to the time with ${names[0]}:

![Time](benchmarks/scale-time.svg)

${table(['time', ...names], times)}

${hotSection(sizes)}`;
}

function hotSection(sizes: readonly AtSize[]): string {
  const hot = hotKeys(last(sizes));
  const rows = hot.map(({ key, event, units, share, eventsASecond }) => [
    key,
    event,
    units,
    share,
    eventsASecond,
  ]);
  return `### Hottest keys

One partition key takes 1,000 write units a second. Of 10,000 sellers the n-th is chosen 1/n as often as the first
(Zipf), who so gets ${figure(firstShare(10_000) * 100)} % of all trades. What each key leaves room for:

${table(['key', 'event', 'units each', 'share of events', 'events a second'], rows)}`;
}

export function plotsOf(sizes: readonly AtSize[]): Record<string, string> {
  const names = ['listOffers, by price, both kinds', 'listMyTrades', 'listEntries', 'startTrade'];
  const line = (of: 'units' | 'ms') =>
    names.map((name) => ({
      name,
      points: sizes.map((one): [number, number] => [
        one.size,
        of === 'units' ? at(one, name).units : at(one, name).ms / at(sizes[0]!, name).ms,
      ]),
    }));
  const x = 'offers, trades, statement lines and users stored';
  return {
    'scale-units.svg': lines({ title: 'Units a call', x, y: 'read and write units', lines: line('units') }),
    'scale-time.svg': lines({ title: 'Time a call', x, y: 'ratio to the smallest size', lines: line('ms') }),
  };
}

export const terminalOf = (sizes: readonly AtSize[]): string =>
  columns([
    ['units (ms)', ...sizes.map(({ size }) => size.toLocaleString('en'))],
    ...labels(sizes).map((label) => [
      label,
      ...sizes.map((one) => `${figure(at(one, label).units)} (${figure(at(one, label).ms)})`),
    ]),
  ]);
