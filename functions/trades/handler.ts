import { dynamoDisputes } from '#adapters/dynamodb/disputes.ts';
import { dynamoHalts } from '#adapters/dynamodb/halts.ts';
import { idempotencyRows } from '#adapters/dynamodb/idempotency.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { keptPaymentAccounts } from '#adapters/dynamodb/payment-accounts.ts';
import { dynamoPeople } from '#adapters/dynamodb/people.ts';
import { dynamoTrades } from '#adapters/dynamodb/trades.ts';
import { aesGcm } from '#adapters/secrets/aes-gcm.ts';
import * as disputes from '#contract/disputes.ts';
import * as contract from '#contract/trades.ts';
import { stepUp } from '#core/accounts/second-factor.ts';
import { MEMBER } from '#core/accounts/standing.ts';
import { listDisputes } from '#core/disputes/list-disputes.ts';
import { resolveDispute } from '#core/disputes/resolve-dispute.ts';
import type { TradeId } from '#core/ids.ts';
import { acceptCancellation } from '#core/trades/accept-cancellation.ts';
import { cancelTrade } from '#core/trades/cancel-trade.ts';
import { confirmPaymentReceived } from '#core/trades/confirm-payment-received.ts';
import { confirmPaymentSent } from '#core/trades/confirm-payment-sent.ts';
import { getTrade } from '#core/trades/get-trade.ts';
import { listMyTrades } from '#core/trades/list-my-trades.ts';
import { openDispute } from '#core/trades/open-dispute.ts';
import { requestCancellation } from '#core/trades/request-cancellation.ts';
import { retractCancellation } from '#core/trades/retract-cancellation.ts';
import { startTrade, unstoredFields } from '#core/trades/start-trade.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { keyed } from '../http/use-cases.ts';
import { log } from '../log.ts';
import { PRICE_SETTINGS, pricesOf } from '../prices.ts';
import { SECOND_FACTOR_SETTINGS, secondFactorPorts } from '../second-factor.ts';
import { STANDING_SETTINGS, standings } from '../standings.ts';
import { EVENT_SETTINGS, storeParts } from '../store-parts.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  ...SECOND_FACTOR_SETTINGS,
  ...PRICE_SETTINGS,
  'OFFERS_TABLE',
  'PEOPLE_TABLE',
  'TRADES_TABLE',
  'LEDGER_TABLE',
  'MODERATION_TABLE',
  'PAYMENT_ACCOUNTS_TABLE',
  'PAYMENT_DETAILS_KEY',
  'HALTS_TABLE',
  ...EVENT_SETTINGS,
  ...STANDING_SETTINGS,
]);
const tables = {
  trades: config.TRADES_TABLE,
  ledger: config.LEDGER_TABLE,
  people: config.PEOPLE_TABLE,
  offers: config.OFFERS_TABLE,
  halts: config.HALTS_TABLE,
  secondFactors: config.SECOND_FACTORS_TABLE,
  moderation: config.MODERATION_TABLE,
  paymentAccounts: config.PAYMENT_ACCOUNTS_TABLE,
};
const factorPorts = secondFactorPorts(config);
const parts = storeParts(config, [standings(config)]);
const ports = {
  trades: dynamoTrades(client, tables, parts),
  disputes: dynamoDisputes(client, tables, parts),
  offers: dynamoOffers(client, { offers: config.OFFERS_TABLE }, log),
  halts: dynamoHalts(client, config.HALTS_TABLE),
  people: dynamoPeople(client, config.PEOPLE_TABLE),
  prices: pricesOf(config),
  paymentAccounts: keptPaymentAccounts(client, config.PAYMENT_ACCOUNTS_TABLE),
  detailsCipher: aesGcm(config.PAYMENT_DETAILS_KEY),
  stepUp: stepUp(factorPorts),
  clock,
  ids,
};

export const handler = httpApi(
  { ...contract, ...disputes },
  {
    startTrade: keyed(
      idempotencyRows(client, config.TRADES_TABLE),
      startTrade(ports),
      ({ id }, caller) => getTrade(ports)({ tradeId: id as TradeId }, caller, MEMBER),
      ({ id }, caller) => unstoredFields(ports)({ tradeId: id as TradeId }, caller),
    ),
    getTrade: getTrade(ports),
    listMyTrades: listMyTrades(ports),
    confirmPaymentSent: confirmPaymentSent(ports),
    confirmPaymentReceived: confirmPaymentReceived(ports),
    cancelTrade: cancelTrade(ports),
    requestCancellation: requestCancellation(ports),
    acceptCancellation: acceptCancellation(ports),
    retractCancellation: retractCancellation(ports),
    openDispute: openDispute(ports),
    listDisputes: listDisputes(ports),
    resolveDispute: resolveDispute(ports),
    getTradesHealth: functionHealth('trades'),
  },
  { ...httpDependencies(config), buckets: factorPorts.codeBuckets },
);
