import { tradeDetails } from '#adapters/dynamodb/trades.ts';
import { erasePaymentDetails } from '#core/trades/erase-payment-details.ts';
import { client, clock } from '../composition.ts';
import { readConfig } from '../config.ts';
import { log } from '../log.ts';
import { scheduled } from '../schedule/scheduled.ts';

const config = await readConfig(['TRADES_TABLE']);

export const handler = scheduled(
  'erasePaymentDetails',
  erasePaymentDetails({ trades: tradeDetails(client, config.TRADES_TABLE, log), clock }),
);
