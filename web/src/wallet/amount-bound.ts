import { problemOf } from '../api/problem.ts';

/** The amount of XMR that a withdrawal must not exceed, or must reach. */
export type AmountBound = { kind: 'most' | 'least'; xmr: string };

/** The bound that the API names where it refuses an amount as `amount_out_of_range`. */
export function boundIn(error: unknown): AmountBound | undefined {
  const { code, errors = [] } = problemOf(error) ?? {};
  if (code !== 'amount_out_of_range') return undefined;
  const message = errors.find(({ path }) => path === 'amountXmr')?.message ?? '';
  const [, kind, xmr] = /^must be at (most|least) (\d+(?:\.\d+)?)$/.exec(message) ?? [];
  return kind && xmr ? { kind: kind as AmountBound['kind'], xmr } : undefined;
}
