import { asMinorUnits } from '#core/money/fiat.ts';
import { deviationBp, farOff, isLossFor } from './price-check.ts';

test.each([
  [150_00n, 150_00n, 0],
  [120_00n, 150_00n, -2_000],
  [119_99n, 150_00n, -2_000],
  [119_98n, 150_00n, -2_001],
  [180_01n, 150_00n, 2_000],
  [180_02n, 150_00n, 2_001],
  [1n, 150_00n, -9_999],
  [1_500_000_00n, 150_00n, 99_990_000],
])('a price of %s deviates from a market price of %s by %s basis points', (price, market, bp) =>
  expect(deviationBp(asMinorUnits(price), asMinorUnits(market))).toBe(bp),
);

test.each([
  [2_001, { bp: 2_001, direction: 'above' }],
  [-2_001, { bp: 2_001, direction: 'below' }],
  [2_000, undefined],
  [-2_000, undefined],
  [0, undefined],
  [undefined, undefined],
] as const)('asks about a deviation of more than 20 %%: %s basis points', (bp, found) => {
  for (const side of ['buy', 'sell'] as const) expect(farOff(bp, side)).toEqual(found && { ...found, side });
});

test.each([
  ['sell', 'below', true],
  ['sell', 'above', false],
  ['buy', 'above', true],
  ['buy', 'below', false],
] as const)('whoever wants to %s %s the market loses the difference: %s', (side, direction, isLoss) =>
  expect(isLossFor({ bp: 2_001, direction, side }, side)).toBe(isLoss),
);
