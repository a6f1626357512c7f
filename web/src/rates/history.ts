import type { Currency } from '#core/money/fiat.ts';
import type { RatePoint } from '../api/things.ts';
import { minorUnitsOf } from '../market/minor-units.ts';

/** The lengths of history that the page offers, in hours. */
export const PERIODS = [6, 24, 72, 168] as const;
export type Period = (typeof PERIODS)[number];

/** What a chart shows, in words: the ends and extremes of a history, and its change in basis points. */
export type Summary = {
  first: RatePoint;
  last: RatePoint;
  low: RatePoint;
  high: RatePoint;
  changeBp: number;
};

const BASIS_POINTS = 10_000n;

/** @returns undefined if the history has no price */
export function summaryOf(points: readonly RatePoint[], currency: Currency): Summary | undefined {
  const read = points.flatMap((point) => {
    const amount = minorUnitsOf(point.fiatPerXmr, currency);
    return amount === undefined ? [] : [{ point, amount }];
  });
  const [first] = read;
  const last = read.at(-1);
  if (!first || !last) return undefined;
  const low = read.reduce((least, one) => (one.amount < least.amount ? one : least));
  const high = read.reduce((most, one) => (one.amount > most.amount ? one : most));
  return {
    first: first.point,
    last: last.point,
    low: low.point,
    high: high.point,
    changeBp: Number(((last.amount - first.amount) * BASIS_POINTS) / first.amount),
  };
}
