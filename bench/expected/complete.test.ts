import { operations } from '#contract/index.ts';
import { MUST } from '../cost/least.ts';
import { missingCosts } from './complete.ts';
import { expected } from './expected.ts';

const costs = Object.keys(expected<Record<string, object>>('cost'));
const least = Object.keys(MUST);

test('every operation has an expected cost, and every one that may write a least cost', () => {
  expect(missingCosts(operations, costs, least)).toEqual([]);
});

test('reports an operation without an expected cost', () => {
  const without = costs.filter((label) => !label.startsWith('updateOffer'));
  expect(missingCosts(operations, without, least)).toEqual([
    'updateOffer: add it to bench/cost/story.ts, then npm run bench -- cost --accept',
  ]);
});

test('reports an operation without a least cost', () => {
  const without = least.filter((label) => !label.startsWith('startTrade'));
  expect(missingCosts(operations, costs, without)).toEqual([
    'startTrade: name in bench/cost/least.ts what it must write, or {}',
  ]);
});
