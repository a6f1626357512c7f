import { asMinorUnits } from '#core/money/fiat.ts';
import { bothAmounts, isWithin } from './trade-amounts.ts';

const price = asMinorUnits(156_12n);

test.each([
  ['fiat', '100', { fiat: '100.00', xmr: '0.640532923392' }],
  ['fiat', '0.5', { fiat: '0.50', xmr: '0.003202664616' }],
  ['xmr', '0.64', { fiat: '99.92', xmr: '0.64' }],
  ['xmr', '0.000000000001', { fiat: '0.01', xmr: '0.000000000001' }],
  ['fiat', '1.234', { fiat: undefined, xmr: undefined }],
  ['xmr', '1e3', { fiat: undefined, xmr: undefined }],
  ['fiat', '', { fiat: undefined, xmr: undefined }],
] as const)('computes the other amount from %s %j with the API’s rounding', (unit, text, amounts) => {
  expect(bothAmounts({ unit, text }, price, 'EUR')).toEqual(amounts);
});

test('checks limits to the last cent', () => {
  const fits = (fiat: string) => isWithin(fiat, '10.00', '400.00', 'EUR');
  expect(['9.99', '10.00', '400.00', '400.01', 'x'].map(fits)).toEqual([false, true, true, false, false]);
});
