import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import type { CoverPorts } from '#core/offers/cover.ts';
import { client, clock } from '../composition.ts';
import type { Config } from '../config.ts';
import { log } from '../log.ts';
import { PRICE_SETTINGS, pricesOf } from '../prices.ts';

/** Settings of the functions that decide whether the market lists offers to sell. */
export const COVER_SETTINGS = [...PRICE_SETTINGS, 'OFFERS_TABLE', 'LEDGER_TABLE', 'LIVE_QUEUE_URL'] as const;

export const coverPorts = (config: Config<(typeof COVER_SETTINGS)[number]>): CoverPorts => ({
  offers: dynamoOffers(client, { offers: config.OFFERS_TABLE, ledger: config.LEDGER_TABLE }, log),
  ledger: dynamoLedger(client, config.LEDGER_TABLE),
  prices: pricesOf(config),
  clock,
});
