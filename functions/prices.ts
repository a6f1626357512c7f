import { dynamoRates } from '#adapters/dynamodb/rates.ts';
import { sandboxFeed } from '#adapters/prices/sandbox-feed.ts';
import type { Prices } from '#core/offers/ports.ts';
import { client } from './composition.ts';
import type { Config } from './config.ts';

/** Settings of the functions that need prices. */
export const PRICE_SETTINGS = ['PUPERO_PRICES', 'RATES_TABLE', 'MONERO_NETWORK'] as const;

/**
 * The prices that updateRates stores, or those that the sandbox makes up.
 * @throws an Error on mainnet without public prices, because nobody may pay a made-up price with real coins
 */
export function pricesOf(config: Config<(typeof PRICE_SETTINGS)[number]>): Prices {
  if (config.PUPERO_PRICES === 'public') return dynamoRates(client, config.RATES_TABLE);
  if (config.MONERO_NETWORK === 'mainnet')
    throw new Error('The environment is wrong: PUPERO_PRICES must be public on mainnet');
  return sandboxFeed;
}
