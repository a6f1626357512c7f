import { CURRENCIES, decimalsOf } from '#core/money/fiat.ts';
import { HOUR_MS, MINUTE_MS } from '#core/time.ts';
import { client } from '#tests/helpers/client.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';

const anyone = client();

test('each currency has a fresh price with its decimals', async () => {
  const { items } = await anyone.listRates();
  expect(items.map(({ currency }) => currency)).toEqual(CURRENCIES);
  for (const { currency, fiatPerXmr, source, at } of items) {
    expect(fiatPerXmr.split('.')[1]?.length ?? 0).toBe(decimalsOf(currency));
    expect(source).toBe('sandbox');
    expect(Date.now() - Date.parse(at)).toBeLessThan(30 * MINUTE_MS);
  }
});

test('the sandbox has a history from its first start, which leads to the present price', async () => {
  const { items } = await anyone.listRateHistory({ currency: 'EUR' });
  expect(items).toHaveLength(145);
  const times = items.map(({ at }) => Date.parse(at));
  expect(times).toEqual(times.toSorted((one, other) => one - other));
  expect(times.at(-1)! - times[0]!).toBe(24 * HOUR_MS);
  expect(new Set(items.map(({ fiatPerXmr }) => fiatPerXmr)).size).toBeGreaterThan(20);
  const week = await anyone.listRateHistory({ currency: 'EUR', hours: '168' });
  expect(week.items).toHaveLength(169);
});

test.each(['0', '169', '1.5', '-1', 'x'])('refuses a history of «%s» hours', async (hours) => {
  await expectProblem(anyone.listRateHistory({ currency: 'EUR', hours }), 400, 'invalid_request');
});

test('refuses a currency that is not traded, and a text that is no currency', async () => {
  await expectProblem(anyone.listRateHistory({ currency: 'XAU' }), 422, 'unsupported_currency');
  await expectProblem(anyone.listRateHistory({ currency: 'euro' }), 400, 'invalid_request');
});

test.each([
  ['CLP', '150000', '1000.5'],
  ['KWD', '50.125', '50.1255'],
] as const)('an offer in %s has the decimals of its currency', async (currency, fiatPerXmr, tooFine) => {
  const owner = await person();
  const terms = { currency, minFiat: '1', maxFiat: '200000' } as const;
  const offer = await anOffer(owner, { ...terms, price: { kind: 'fixed', fiatPerXmr } });
  expect(offer).toMatchObject({ currency, fiatPerXmr });
  const refused = anOffer(owner, { ...terms, price: { kind: 'fixed', fiatPerXmr: tooFine } });
  await expectProblem(refused, 400, 'invalid_request');
});
