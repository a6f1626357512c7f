import fc from 'fast-check';
import {
  asMinorUnits,
  CURRENCIES,
  decimalsOf,
  fiatForXmr,
  formatFiat,
  parseFiat,
  withMargin,
  xmrForFiat,
} from './fiat.ts';
import { asPiconero, formatXmr, MAX_PICONERO, parseXmr } from './xmr.ts';

const anyPiconero = fc.bigInt({ min: 1n, max: MAX_PICONERO }).map(asPiconero);

test('every piconero survives being written and read', () => {
  fc.assert(fc.property(anyPiconero, (amount) => expect(parseXmr(formatXmr(amount))).toBe(amount)));
});

test.each([
  ['1', 1_000_000_000_000n],
  ['1.25', 1_250_000_000_000n],
  ['1.250', 1_250_000_000_000n],
  ['0.000000000001', 1n],
  ['18446744.073709551615', MAX_PICONERO],
])('%s is an amount', (text, piconero) => {
  expect(parseXmr(text)).toBe(piconero);
});

const notAmounts = [
  '1.2345678901234',
  '1e3',
  ' 1',
  '+1',
  '-1',
  'NaN',
  '',
  '٣',
  '1,5',
  '.5',
  '1.',
  '01',
  '0x1',
  '0',
  '0.0',
];

test.each([...notAmounts, '18446744.073709551616', 'Infinity', '1 '])(
  '«%s» is refused, never rounded',
  (text) => {
    expect(typeof parseXmr(text)).toBe('string');
  },
);

test.each([
  [1_250_000_000_000n, '1.25'],
  [0n, '0'],
  [-1_500_000_000_000n, '-1.5'],
  [1n, '0.000000000001'],
])('%s piconero are written %s', (amount, text) => {
  expect(formatXmr(asPiconero(amount))).toBe(text);
});

test('30 currencies or more, and those without and with three decimals, are traded', () => {
  const withDecimals = (decimals: number) =>
    CURRENCIES.filter((currency) => decimalsOf(currency) === decimals);
  expect(CURRENCIES.length).toBeGreaterThanOrEqual(30);
  expect(withDecimals(0)).toEqual(['JPY', 'KRW', 'VND', 'CLP']);
  expect(withDecimals(3)).toEqual(['KWD', 'BHD']);
});

// ECMA-402 demands the decimals of ISO 4217 of Intl.
test.each(CURRENCIES)('%s has the decimals of ISO 4217, and a name in both languages', (currency) => {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  expect(decimalsOf(currency)).toBe(format.resolvedOptions().maximumFractionDigits);
  const names = ['en', 'fr'].map((language) =>
    new Intl.DisplayNames(language, { type: 'currency', fallback: 'none' }).of(currency),
  );
  expect(names).not.toContain(undefined);
});

test('every fiat amount survives being written and read', () => {
  const anyAmount = fc.bigInt({ min: 1n, max: 10n ** 9n }).map(asMinorUnits);
  fc.assert(
    fc.property(fc.constantFrom(...CURRENCIES), anyAmount, (currency, amount) => {
      expect(parseFiat(formatFiat(amount, currency), currency)).toBe(amount);
    }),
  );
});

test.each(['1.234', '1e2', '-5', '0', '0.00', '1,5', 'x', '.5', '1000000001'])(
  '«%s» is no amount of EUR',
  (text) => {
    expect(typeof parseFiat(text, 'EUR')).toBe('string');
  },
);

test('dinars of Kuwait have three decimals', () => {
  expect(parseFiat('1.234', 'KWD')).toBe(1234n);
  expect(formatFiat(asMinorUnits(5n), 'KWD')).toBe('0.005');
  expect(typeof parseFiat('1.2345', 'KWD')).toBe('string');
});

test('yen have no decimals', () => {
  expect(parseFiat('100', 'JPY')).toBe(100n);
  expect(typeof parseFiat('100.5', 'JPY')).toBe('string');
});

test('XMR for fiat rounds down, fiat for XMR up: neither gives away what was not paid', () => {
  const anyPrice = fc.bigInt({ min: 1n, max: 10n ** 9n }).map(asMinorUnits);
  const anyFiat = fc.bigInt({ min: 1n, max: 10n ** 12n }).map(asMinorUnits);
  fc.assert(
    fc.property(anyFiat, anyPrice, (fiat, price) => {
      const xmr = xmrForFiat(fiat, price);
      expect(fiatForXmr(xmr, price) <= fiat).toBe(true);
      expect(fiatForXmr(asPiconero(xmr + 1n), price) >= fiat).toBe(true);
    }),
  );
});

test('a margin is in basis points, and a price is at least one minor unit', () => {
  expect(withMargin(asMinorUnits(15_000n), 250)).toBe(15_375n);
  expect(withMargin(asMinorUnits(15_000n), -250)).toBe(14_625n);
  expect(withMargin(asMinorUnits(1n), -5_000)).toBe(1n);
});

test('reads fiat up to a thousand million, and says what is wrong with another amount', () => {
  expect(parseFiat('1000000000.00', 'EUR')).toBe(100_000_000_000n);
  expect(parseFiat('1000000000.01', 'EUR')).toBe('must be at most 1000000000 EUR');
  expect(parseFiat('0.00', 'EUR')).toBe('must be more than 0');
  expect(parseFiat('1.5', 'JPY')).toBe('must be a decimal string with at most 0 decimals (JPY)');
});

test('says what is wrong with an amount of XMR', () => {
  expect(parseXmr('1.1234567890123')).toMatch('must be a decimal string of XMR with at most 12 decimals');
  expect(parseXmr('0')).toBe('must be more than 0');
  expect(parseXmr('18446744.073709551616')).toBe('must be at most 18446744.073709551615');
});

test('a price with a margin is at least one minor unit', () => {
  const price = (market: bigint, marginBp: number) => withMargin(asMinorUnits(market), marginBp);
  expect(price(1n, -9_999)).toBe(1n);
  expect(price(1n, -5_000)).toBe(1n);
  expect(price(3n, -5_000)).toBe(2n);
});
