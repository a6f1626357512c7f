import * as fc from 'fast-check';
import { asMinorUnits, CURRENCIES, type Currency } from '../money/fiat.ts';
import { asInstant, DAY_MS, later, MINUTE_MS } from '../time.ts';
import type { Rate } from './offers.ts';
import { nextRates, type Quotes, quoteOf } from './quotes.ts';

const NOW = asInstant(Date.parse('2026-11-29T12:00:00Z'));
const quotes = (source: string, prices: Partial<Record<Currency, bigint>>): Quotes => ({
  source,
  prices: new Map(
    Object.entries(prices).map(([currency, price]) => [currency as Currency, asMinorUnits(price)]),
  ),
});
const rate = (fiatPerXmr: bigint, ageMs = MINUTE_MS): Rate => ({
  currency: 'EUR',
  fiatPerXmr: asMinorUnits(fiatPerXmr),
  source: 'a',
  at: later(NOW, -ageMs),
});

test.each<[string, Currency, bigint | undefined]>([
  ['150.12', 'EUR', 15_012n],
  ['150.12000000', 'EUR', 15_012n],
  ['150.125', 'EUR', 15_013n],
  ['150.124999', 'EUR', 15_012n],
  ['150', 'EUR', 15_000n],
  ['24500.5', 'JPY', 24_501n],
  ['50.1255', 'KWD', 50_126n],
  ['0.001', 'EUR', undefined],
  ['0', 'EUR', undefined],
  ['-150', 'EUR', undefined],
  ['1e3', 'EUR', undefined],
  ['1e+21', 'EUR', undefined],
  ['NaN', 'EUR', undefined],
  ['Infinity', 'EUR', undefined],
  ['', 'EUR', undefined],
  [' 150', 'EUR', undefined],
  ['150,12', 'EUR', undefined],
  ['0x10', 'EUR', undefined],
  ['9'.repeat(13), 'EUR', undefined],
])('a source’s %j in %s is %s minor units', (text, currency, amount) => {
  expect(quoteOf(text, currency)).toBe(amount);
});

test('a price is rounded to the nearest minor unit, in any currency', () => {
  fc.assert(
    fc.property(fc.constantFrom(...CURRENCIES), fc.nat(10 ** 9), (currency, thousandths) => {
      const text = `${Math.floor(thousandths / 1_000)}.${`${thousandths % 1_000}`.padStart(3, '0')}`;
      const amount = quoteOf(text, currency) ?? 0n;
      const unit = 10 ** (3 - Number(quoteOf('1', currency)?.toString().length ?? 0) + 1);
      expect(Math.abs(Number(amount) * unit - thousandths) * 2).toBeLessThanOrEqual(unit);
    }),
  );
});

test('the rate is the median of the sources, and names them', () => {
  const answers = [quotes('a', { EUR: 15_000n, USD: 16_500n }), quotes('b', { EUR: 15_100n })];
  expect(nextRates([], answers, NOW)).toEqual({
    rates: [
      { currency: 'EUR', fiatPerXmr: 15_050n, source: 'a+b', at: NOW },
      { currency: 'USD', fiatPerXmr: 16_500n, source: 'a', at: NOW },
    ],
    refused: [],
  });
});

test('of three sources, the middle one counts', () => {
  const answers = [15_100n, 15_000n, 15_900n].map((EUR, n) => quotes(`${n}`, { EUR }));
  expect(nextRates([], answers, NOW).rates[0]?.fiatPerXmr).toBe(15_100n);
});

test('sources that differ by more than a tenth are refused, and the rate stays as it was', () => {
  const answers = [quotes('a', { EUR: 15_000n }), quotes('b', { EUR: 16_501n })];
  expect(nextRates([rate(15_000n)], answers, NOW)).toEqual({ rates: [rate(15_000n)], refused: ['EUR'] });
  expect(nextRates([], answers, NOW)).toEqual({ rates: [], refused: ['EUR'] });
  const near = [quotes('a', { EUR: 15_000n }), quotes('b', { EUR: 16_500n })];
  expect(nextRates([], near, NOW).refused).toEqual([]);
});

test.each([150_000n, 1_500n, 30_001n, 7_499n])('a jump from 150.00 to %s cents is refused', (EUR) => {
  expect(nextRates([rate(15_000n)], [quotes('a', { EUR })], NOW)).toEqual({
    rates: [rate(15_000n)],
    refused: ['EUR'],
  });
});

test('a jump against a price that is older than a day is a move of the market', () => {
  const before = rate(15_000n, DAY_MS + 1);
  expect(nextRates([before], [quotes('a', { EUR: 150_000n })], NOW).rates[0]?.fiatPerXmr).toBe(150_000n);
});

test('a currency without a quote keeps its rate and its age', () => {
  expect(nextRates([rate(15_000n)], [quotes('a', { USD: 16_500n })], NOW).rates[0]).toEqual(rate(15_000n));
});
