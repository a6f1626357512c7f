import { dynamoRates } from '#adapters/dynamodb/rates.ts';
import { coinGecko } from '#adapters/prices/coingecko.ts';
import { kraken } from '#adapters/prices/kraken.ts';
import { updateRates } from '#core/offers/update-rates.ts';
import { client, clock } from '../composition.ts';
import { readConfig } from '../config.ts';
import { log } from '../log.ts';
import { scheduled } from '../schedule/scheduled.ts';

const config = await readConfig([
  'PUPERO_PRICES',
  'RATES_TABLE',
  'PUPERO_COINGECKO_URL',
  'PUPERO_KRAKEN_URL',
]);
const sources = [coinGecko(clock, config.PUPERO_COINGECKO_URL), kraken(config.PUPERO_KRAKEN_URL)];
const rates = dynamoRates(client, config.RATES_TABLE);
const update = updateRates({ sources, rates, clock, log });

/** It asks nobody where the sandbox makes up the prices. */
export const handler = scheduled('updateRates', async () =>
  config.PUPERO_PRICES === 'public' ? update() : { prices: config.PUPERO_PRICES },
);
