import { CONFIRMATIONS_NEEDED, confirmationsOf } from './confirmations.ts';

test.each([
  ['in no block', undefined, 0],
  ['in the newest block', 99, 1],
  ['below it', 98, 2],
  ['one block short of enough', 91, 9],
  ['deep enough', 90, 10],
  ['deeper than needed', 0, 10],
])('in a chain of 100 blocks, a transaction %s has its confirmations', (_, minedHeight, confirmations) => {
  expect(confirmationsOf(minedHeight, 100, false)).toBe(confirmations);
});

test.each([100, 101, 130])(
  'a block that is newer than the known height, %i of 100, counts as one',
  (mined) => {
    expect(confirmationsOf(mined, 100, false)).toBe(1);
  },
);

test.each([
  ['is in a block', 99],
  ['has left its block', undefined],
])('a settled transaction that %s keeps all confirmations', (_, minedHeight) => {
  expect(confirmationsOf(minedHeight, 100, true)).toBe(CONFIRMATIONS_NEEDED);
});
