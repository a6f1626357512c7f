import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { memoryClock } from '#adapters/memory/clock.ts';
import { coinGecko } from '#adapters/prices/coingecko.ts';
import { kraken } from '#adapters/prices/kraken.ts';
import { asMinorUnits, type Currency } from '#core/money/fiat.ts';
import { listRates } from '#core/offers/list-rates.ts';
import type { Rate } from '#core/offers/offers.ts';
import { spanOf } from '#core/offers/rate-history.ts';
import { updateRates } from '#core/offers/update-rates.ts';
import { asInstant, HOUR_MS, later, MINUTE_MS } from '#core/time.ts';
import { type Stores, stores } from './stores.ts';

const NOW = asInstant(Date.parse('2026-11-29T12:00:00Z'));
const rate = (currency: Currency, fiatPerXmr: bigint, at = NOW): Rate => ({
  currency,
  fiatPerXmr: asMinorUnits(fiatPerXmr),
  source: 'coingecko+kraken',
  at,
});

describe.each(stores)('rates (%s)', (_, open) => {
  let prices: Stores['prices'];
  beforeEach(async () => {
    ({ prices } = await open());
  });

  test('none are known at first', async () => {
    expect(await prices.stored()).toBeUndefined();
    expect(await prices.rates(NOW)).toEqual([]);
    expect(await prices.rate('EUR', NOW)).toBeUndefined();
    expect(await prices.history('EUR', spanOf(24, NOW))).toEqual([]);
  });

  test('the rates of an update are stored together, each with its age and source', async () => {
    const rates = [rate('EUR', 15_012n), rate('KWD', 50_126n, later(NOW, -HOUR_MS))];
    await prices.save({ rates, savedAt: NOW });
    expect(await prices.stored()).toEqual({ rates, savedAt: NOW });
    expect(await prices.rates(NOW)).toEqual(rates);
    expect(await prices.rate('KWD', NOW)).toEqual(rates[1]);
    expect(await prices.rate('JPY', NOW)).toBeUndefined();
  });

  test('of two updates, the later one stays, whichever is written last', async () => {
    const late = { rates: [rate('EUR', 15_100n)], savedAt: later(NOW, 1) };
    await prices.save(late);
    await prices.save({ rates: [rate('EUR', 15_000n)], savedAt: NOW });
    await prices.save({ rates: [rate('EUR', 14_000n)], savedAt: later(NOW, 1) });
    expect(await prices.stored()).toEqual(late);
  });

  test('the history of a currency is a span of points of one distance, oldest first', async () => {
    const fine = { stepMs: 10 * MINUTE_MS, keptMs: 24 * HOUR_MS };
    const before = later(NOW, -10 * MINUTE_MS);
    await prices.addHistory({ ...fine, at: NOW }, [rate('EUR', 15_012n), rate('JPY', 24_500n)]);
    await prices.addHistory({ ...fine, at: before }, [rate('EUR', 15_000n)]);
    await prices.addHistory({ ...fine, at: later(NOW, -25 * HOUR_MS) }, [rate('EUR', 14_000n)]);
    await prices.addHistory({ stepMs: HOUR_MS, keptMs: 168 * HOUR_MS, at: NOW }, [rate('EUR', 15_050n)]);
    expect(await prices.history('EUR', spanOf(24, NOW))).toEqual([
      { at: before, fiatPerXmr: 15_000n },
      { at: NOW, fiatPerXmr: 15_012n },
    ]);
    expect(await prices.history('JPY', spanOf(24, NOW))).toEqual([{ at: NOW, fiatPerXmr: 24_500n }]);
    expect(await prices.history('EUR', spanOf(25, NOW))).toEqual([{ at: NOW, fiatPerXmr: 15_050n }]);
    await prices.addHistory({ ...fine, at: NOW }, [rate('EUR', 15_013n)]);
    expect((await prices.history('EUR', spanOf(1, NOW))).at(-1)?.fiatPerXmr).toBe(15_013n);
  });

  test('prices travel from two HTTP servers to the list, and are refused when the servers stay away', async () => {
    const clock = memoryClock(NOW);
    const server = createServer(({ url = '' }, response) => {
      const ticker = { XXMRZEUR: { c: ['150.20000000', '1'] } };
      const monero = { eur: 150.1, clp: 157_000, last_updated_at: NOW / 1_000 };
      const body = url.startsWith('/api/v3/') ? { monero } : { error: [], result: ticker };
      response.end(JSON.stringify(body));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const sources = [coinGecko(clock, address), kraken(address)];
    const log = { info() {}, warn() {}, error() {} };
    const update = updateRates({ sources, rates: prices, clock, log });
    const list = listRates({ prices, clock });

    expect(await update()).toEqual({ answered: 2, changed: 2 });
    expect(await list()).toEqual({
      items: [
        { currency: 'EUR', fiatPerXmr: '150.15', source: 'coingecko+kraken', at: NOW },
        { currency: 'CLP', fiatPerXmr: '157000', source: 'coingecko', at: NOW },
      ],
    });

    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    clock.pass(30 * MINUTE_MS + 1);
    expect(await update()).toEqual({ answered: 0, changed: 0 });
    expect(await list()).toEqual({ refused: 'price_unavailable' });
  });
});
