import { sandboxFeed } from '#adapters/prices/sandbox-feed.ts';
import { pricesOf } from './prices.ts';

const config = { RATES_TABLE: 'rates', MONERO_NETWORK: 'regtest', PUPERO_PRICES: 'sandbox' } as const;

test('prices are made up, or public if the setting says so', () => {
  expect(pricesOf(config)).toBe(sandboxFeed);
  expect(pricesOf({ ...config, PUPERO_PRICES: 'public' })).not.toBe(sandboxFeed);
});

test('on mainnet, prices that are made up are refused', () => {
  expect(() => pricesOf({ ...config, MONERO_NETWORK: 'mainnet' })).toThrow('must be public on mainnet');
  expect(pricesOf({ ...config, MONERO_NETWORK: 'mainnet', PUPERO_PRICES: 'public' })).not.toBe(sandboxFeed);
});
