import { problemOf } from '../api/problem.ts';

/** An upper or lower bound of a withdrawal. */
export type AmountBound = { kind: 'most' | 'least'; xmr: string };

/** The bound in an `amount_out_of_range` problem of the API. */
export function boundIn(error: unknown): AmountBound | undefined {
  const { code, errors = [] } = problemOf(error) ?? {};
  if (code !== 'amount_out_of_range') return undefined;
  const message = errors.find(({ path }) => path === 'amountXmr')?.message ?? '';
  const [, kind, xmr] = /^must be at (most|least) (\d+(?:\.\d+)?)$/.exec(message) ?? [];
  return kind && xmr ? { kind: kind as AmountBound['kind'], xmr } : undefined;
}
