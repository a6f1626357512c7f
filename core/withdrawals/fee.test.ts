import fc from 'fast-check';
import { asPiconero } from '../money/xmr.ts';
import { maximumFee } from './fee.ts';

/** The weights that wallet2 estimates for 16 inputs and for 145. */
const WEIGHTS = [
  [16, 11_721n],
  [145, 99_312n],
] as const;

test.each(WEIGHTS)('the maximum fee covers %i inputs as wallet2 reckons their weight', (inputs, weight) => {
  expect(maximumFee(asPiconero(10_000n), inputs)).toBeGreaterThanOrEqual(10_000n * weight);
});

test('the maximum fee is never less than its weight costs, and a whole step of the network’s', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 9n }), (feePerByte) => {
      const fee = maximumFee(asPiconero(feePerByte));
      const exact = feePerByte * 12_000n;
      expect(fee).toBeGreaterThanOrEqual(exact);
      expect(fee - exact).toBeLessThan(10_000n);
      expect(fee % 10_000n).toBe(0n);
    }),
  );
});

test('today’s price of the main network: 20 nanonero a byte hold 0.00024 XMR', () => {
  expect(maximumFee(asPiconero(20_000n))).toBe(240_000_000n);
});
