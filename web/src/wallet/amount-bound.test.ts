import { ProblemError } from '#contract/client.ts';
import type { Problem } from '#contract/problems.ts';
import { boundIn } from './amount-bound.ts';

const refused = (code: Problem['code'], message?: string) =>
  new ProblemError({
    type: '',
    title: '',
    status: 422,
    code,
    requestId: '1',
    ...(message && { errors: [{ path: 'amountXmr', message }] }),
  });

test.each([
  ['must be at most 5074.88', { kind: 'most', xmr: '5074.88' }],
  ['must be at most 0', { kind: 'most', xmr: '0' }],
  ['must be at least 0.001', { kind: 'least', xmr: '0.001' }],
  ['must be more than 0', undefined],
])('finds the bound in "%s"', (message, bound) => {
  expect(boundIn(refused('amount_out_of_range', message))).toEqual(bound);
});

test('finds no bound in other problems', () => {
  expect(boundIn(refused('amount_out_of_range'))).toBeUndefined();
  expect(boundIn(refused('insufficient_funds', 'must be at most 1'))).toBeUndefined();
  expect(boundIn(new Error('no answer'))).toBeUndefined();
});
