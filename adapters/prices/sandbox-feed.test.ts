import { CURRENCIES, decimalsOf } from '#core/money/fiat.ts';
import { spanOf } from '#core/offers/rate-history.ts';
import { asInstant, DAY_MS, later, MINUTE_MS } from '#core/time.ts';
import { sandboxFeed } from './sandbox-feed.ts';

const NOW = asInstant(Date.parse('2026-11-29T12:00:00Z'));

test('has a price of each currency, fresh and stable for 5 minutes', async () => {
  const rates = await sandboxFeed.rates(NOW);
  expect(rates.map(({ currency }) => currency)).toEqual(CURRENCIES);
  expect(rates.every(({ at }) => at <= NOW && NOW - at < 5 * MINUTE_MS)).toBe(true);
  expect(await sandboxFeed.rates(later(NOW, 5 * MINUTE_MS - 1))).toEqual(rates);
});

test('moves within an hour and a day, and keeps the ratio of two currencies', async () => {
  const day = spanOf(24, NOW);
  const [euros, dollars] = await Promise.all([
    sandboxFeed.history('EUR', day),
    sandboxFeed.history('USD', day),
  ]);
  expect(new Set(euros.slice(0, 6).map(({ fiatPerXmr }) => fiatPerXmr)).size).toBeGreaterThan(3);
  for (const [n, { fiatPerXmr }] of euros.entries())
    expect(Number(dollars[n]!.fiatPerXmr) / Number(fiatPerXmr)).toBeCloseTo(165 / 150, 3);
});

test('the history has the prices that were shown at their time', async () => {
  const [first] = await sandboxFeed.history('CHF', spanOf(24, NOW));
  const shown = await sandboxFeed.rate('CHF', later(NOW, -DAY_MS));
  expect(first).toEqual({ at: later(NOW, -DAY_MS), fiatPerXmr: shown?.fiatPerXmr });
});

test.each(CURRENCIES)('a price in %s is precise to a thousandth', async (currency) => {
  const rate = await sandboxFeed.rate(currency, NOW);
  expect(rate!.fiatPerXmr).toBeGreaterThan(1_000n);
  expect(decimalsOf(currency)).toBeLessThanOrEqual(3);
});
