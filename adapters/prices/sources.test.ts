import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { memoryClock } from '#adapters/memory/clock.ts';
import { CURRENCIES } from '#core/money/fiat.ts';
import type { RateSource } from '#core/offers/ports.ts';
import { asInstant } from '#core/time.ts';
import { coinGecko } from './coingecko.ts';
import { kraken } from './kraken.ts';

// Both adapters read from a real HTTP server. Only the address differs from the public one.

const NOW = asInstant(Date.parse('2026-11-29T12:00:00Z'));
const NOW_SECONDS = NOW / 1_000;
const TIMEOUT_MS = 300;

let server: Server;
let listener: RequestListener;
let url: string;
const asked: string[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '');
    listener(request, response);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
beforeEach(() => {
  asked.length = 0;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

const text = (body: string, status = 200): RequestListener => {
  return (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  };
};
const gecko = (prices: object) =>
  text(JSON.stringify({ monero: { last_updated_at: NOW_SECONDS - 30, ...prices } }));
const ticker = (price: unknown) => ({ a: ['1', '1', '1'], c: [price, '0.5'], v: ['1', '2'] });
const krakens = (result: object, error: string[] = []) => text(JSON.stringify({ error, result }));

const sources: Record<string, () => RateSource> = {
  coingecko: () => coinGecko(memoryClock(NOW), url, TIMEOUT_MS),
  kraken: () => kraken(url, TIMEOUT_MS),
};
const pricesOf = async (name: string) => Object.fromEntries(await sources[name]!().prices());

test('CoinGecko is asked once for all currencies, and answers those that it knows', async () => {
  listener = gecko({ eur: 150.12, jpy: 24_500.5, kwd: 50.1255, clp: 157_000, xdr: 110 });
  expect(await pricesOf('coingecko')).toEqual({ EUR: 15_012n, JPY: 24_501n, KWD: 50_126n, CLP: 157_000n });
  expect(asked).toHaveLength(1);
  const query = new URL(asked[0]!, url).searchParams;
  expect(query.get('ids')).toBe('monero');
  expect(query.get('vs_currencies')?.toUpperCase().split(',')).toEqual(CURRENCIES);
});

test('Kraken is asked once for its two markets', async () => {
  listener = krakens({ XXMRZEUR: ticker('150.12000000'), XXMRZUSD: ticker('165.00000000') });
  expect(await pricesOf('kraken')).toEqual({ EUR: 15_012n, USD: 16_500n });
  expect(asked).toEqual(['/0/public/Ticker?pair=XMREUR,XMRUSD']);
});

test.each<[string, unknown]>([
  ['null', null],
  ['zero', 0],
  ['a negative price', -150.12],
  ['a string', '150.12'],
  ['a price below half a minor unit', 0.001],
  ['a number without a plain decimal form', 1e21],
  ['true', true],
  ['an object', { price: 150.12 }],
  ['a list', [150.12]],
])('CoinGecko’s %s is no price, and the others still are', async (_, eur) => {
  listener = gecko({ eur, usd: 165.01 });
  expect(await pricesOf('coingecko')).toEqual({ USD: 16_501n });
});

test.each<[string, unknown]>([
  ['null', null],
  ['zero', '0.00000000'],
  ['a negative price', '-150.12'],
  ['a number', 150.12],
  ['NaN', 'NaN'],
  ['an exponent', '1.5e2'],
  ['an empty string', ''],
])('Kraken’s %s is no price, and the others still are', async (_, price) => {
  listener = krakens({ XXMRZEUR: ticker(price), XXMRZUSD: ticker('165.01') });
  expect(await pricesOf('kraken')).toEqual({ USD: 16_501n });
});

test.each([
  ['a missing market', { XXMRZUSD: ticker('165.01') }],
  ['a market without a last trade', { XXMRZEUR: { a: ['1'] }, XXMRZUSD: ticker('165.01') }],
  ['a market that is null', { XXMRZEUR: null, XXMRZUSD: ticker('165.01') }],
])('Kraken’s answer with %s has the other price', async (_, result) => {
  listener = krakens(result);
  expect(await pricesOf('kraken')).toEqual({ USD: 16_501n });
});

test('an error of Kraken is a failure, even beside prices', async () => {
  listener = krakens({ XXMRZEUR: ticker('150.12') }, ['EGeneral:Too many requests']);
  await expect(pricesOf('kraken')).rejects.toThrow('it answered an error');
});

test.each([NOW_SECONDS - 601, NOW_SECONDS + 601, null, 'now', undefined])(
  'prices of CoinGecko with the time %j are stale or of no known age',
  async (last_updated_at) => {
    listener = text(JSON.stringify({ monero: { eur: 150.12, last_updated_at } }));
    await expect(pricesOf('coingecko')).rejects.toThrow();
  },
);

describe.each(Object.keys(sources))('%s', (name) => {
  test.each<[string, RequestListener]>([
    ['an error of the server', text('{}', 500)],
    ['too many requests', text('{}', 429)],
    ['no content', text('', 204)],
    ['a page instead of JSON', text('<html>down for maintenance</html>')],
    ['an empty body', text('')],
    ['JSON that is cut off', text('{"monero":{"eur":150.12')],
    ['NaN, which JSON does not have', text('{"monero":{"eur":NaN},"error":[],"result":{}}')],
    ['null', text('null')],
    ['a list', text('[]')],
    ['another object', text('{"prices":{}}')],
    [
      'a redirect',
      (_, response) => {
        response.writeHead(302, { location: `${url}/elsewhere` }).end();
      },
    ],
    ['a huge body', text(`{"padding":"${'x'.repeat(70_000)}"}`)],
    [
      'a small body that is huge when decompressed',
      (_, response) => {
        const body = gzipSync(`{"padding":"${'x'.repeat(5_000_000)}"}`);
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(body);
      },
    ],
    [
      'a body that drips without end',
      (request, response) => {
        response.writeHead(200);
        const drip = setInterval(() => response.write(' '), 20);
        request.on('close', () => clearInterval(drip));
      },
    ],
    ['no answer at all', () => {}],
    ['a connection that breaks', ({ socket }) => void socket.destroy()],
  ])('%s is a failure within the time', async (_, listens) => {
    listener = listens;
    const startedAt = performance.now();
    await expect(pricesOf(name)).rejects.toThrow();
    expect(performance.now() - startedAt).toBeLessThan(TIMEOUT_MS + 2_000);
    expect(asked).toHaveLength(1);
  });
});
