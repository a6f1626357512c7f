import { heldTrades } from '#adapters/dynamodb/trades.ts';
import { freeHolds } from '#core/trades/free-holds.ts';
import { client, clock } from '../composition.ts';
import { readConfig } from '../config.ts';
import { log } from '../log.ts';
import { scheduled } from '../schedule/scheduled.ts';

const config = await readConfig(['TRADES_TABLE', 'LEDGER_TABLE']);
const tables = { trades: config.TRADES_TABLE, ledger: config.LEDGER_TABLE };

export const handler = scheduled(
  'freeHolds',
  freeHolds({ trades: heldTrades(client, tables, log), clock, log }),
);
