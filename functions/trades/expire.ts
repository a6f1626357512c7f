import { dynamoTrades } from '#adapters/dynamodb/trades.ts';
import { expireTrades } from '#core/trades/expire-trades.ts';
import { client, clock } from '../composition.ts';
import { readConfig } from '../config.ts';
import { log } from '../log.ts';
import { scheduled } from '../schedule/scheduled.ts';
import { EVENT_SETTINGS, storeParts } from '../store-parts.ts';

const config = await readConfig([
  'TRADES_TABLE',
  'LEDGER_TABLE',
  'PEOPLE_TABLE',
  'OFFERS_TABLE',
  ...EVENT_SETTINGS,
]);
const tables = {
  trades: config.TRADES_TABLE,
  ledger: config.LEDGER_TABLE,
  people: config.PEOPLE_TABLE,
  offers: config.OFFERS_TABLE,
};

export const handler = scheduled(
  'expireTrades',
  expireTrades({ trades: dynamoTrades(client, tables, storeParts(config)), clock, log }),
);
