import fc from 'fast-check';
import { asPiconero } from '../money/xmr.ts';
import { coinSums } from './coin-sums.ts';

const ALL_STEPS = [16n, 32n, 48n, 64n, 80n, 96n, 112n, 128n, 145n];

test.each([
  [0, [0n]],
  [3, [3n]],
  [16, [16n]],
  [17, [16n, 17n]],
  [32, [16n, 32n]],
  [40, [16n, 32n, 40n]],
  [129, [...ALL_STEPS.slice(0, 8), 129n]],
  [145, ALL_STEPS],
  [146, ALL_STEPS],
  [500, ALL_STEPS],
])('%i coins of 1 piconero are summed up to the step with all of them, at most 145', (count, sums) => {
  expect(coinSums(Array(count).fill(asPiconero(1n)))).toEqual(sums);
});

test('each sum is of the largest coins, in any order of the wallet, whose list stays as it is', () => {
  const oneToForty = Array.from({ length: 40 }, (_, at) => asPiconero(BigInt(at + 1)));
  const shuffled = fc.shuffledSubarray(oneToForty, { minLength: 40 });
  fc.assert(
    fc.property(shuffled, (coins) => {
      const before = [...coins];
      // Sums of the 16 largest coins (25 to 40), of the 32 largest (9 to 40), and of all.
      expect(coinSums(coins)).toEqual([520n, 784n, 820n]);
      expect(coins).toEqual(before);
    }),
  );
});
