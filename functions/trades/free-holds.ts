import { tradeHolds } from '#adapters/dynamodb/trade-holds.ts';
import { readTrades } from '#adapters/dynamodb/trades.ts';
import { freeHolds } from '#core/trades/free-holds.ts';
import { client, clock } from '../composition.ts';
import { readConfig } from '../config.ts';
import { log } from '../log.ts';
import { scheduled } from '../schedule/scheduled.ts';

const config = await readConfig(['TRADES_TABLE', 'LEDGER_TABLE']);
const trades = {
  ...readTrades(client, config.TRADES_TABLE),
  ...tradeHolds(client, config.LEDGER_TABLE, log),
};

export const handler = scheduled('freeHolds', freeHolds({ trades, clock, log }));
