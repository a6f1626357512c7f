import { idempotencyRows } from '#adapters/dynamodb/idempotency.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { dynamoPeople } from '#adapters/dynamodb/people.ts';
import { dynamoTrades } from '#adapters/dynamodb/trades.ts';
import { sandboxFeed } from '#adapters/prices/sandbox-feed.ts';
import { getTradesHealth } from '#contract/system.ts';
import * as contract from '#contract/trades.ts';
import { stepUp } from '#core/accounts/second-factor.ts';
import { tradeUseCases } from '#core/trades/use-cases.ts';
import { client, clock, DOOR, door, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { keyedRoute, route } from '../http/route.ts';
import { SECOND_FACTOR, secondFactorPorts } from '../second-factor.ts';

const config = await readConfig([
  ...DOOR,
  ...SECOND_FACTOR,
  'OFFERS_TABLE',
  'PEOPLE_TABLE',
  'TRADES_TABLE',
  'LEDGER_TABLE',
]);
const tables = {
  trades: config.TRADES_TABLE,
  ledger: config.LEDGER_TABLE,
  people: config.PEOPLE_TABLE,
  offers: config.OFFERS_TABLE,
  secondFactors: config.SECOND_FACTORS_TABLE,
};
const trades = tradeUseCases({
  trades: dynamoTrades(client, tables),
  offers: dynamoOffers(client, config.OFFERS_TABLE),
  people: dynamoPeople(client, config.PEOPLE_TABLE),
  prices: sandboxFeed,
  stepUp: stepUp(secondFactorPorts(config)),
  clock,
  ids,
});

export const handler = httpApi(
  [
    keyedRoute(contract.startTrade, idempotencyRows(client, config.TRADES_TABLE), trades.startTrade),
    route(contract.getTrade, trades.getTrade),
    route(contract.listMyTrades, trades.listMyTrades),
    route(contract.confirmPaymentSent, trades.confirmPaymentSent),
    route(contract.confirmPaymentReceived, trades.confirmPaymentReceived),
    route(contract.cancelTrade, trades.cancelTrade),
    route(getTradesHealth, functionHealth('trades')),
  ],
  door(config),
);
