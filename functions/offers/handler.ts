import { dynamoHalts } from '#adapters/dynamodb/halts.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { keptPaymentAccounts } from '#adapters/dynamodb/payment-accounts.ts';
import { dynamoPeople } from '#adapters/dynamodb/people.ts';
import * as contract from '#contract/offers.ts';
import { tellMarket } from '#core/live/tell-market.ts';
import { closeOffer } from '#core/offers/close-offer.ts';
import { createOffer } from '#core/offers/create-offer.ts';
import { getOffer } from '#core/offers/get-offer.ts';
import { listMyOffers } from '#core/offers/list-my-offers.ts';
import { listOffers } from '#core/offers/list-offers.ts';
import { listRateHistory } from '#core/offers/list-rate-history.ts';
import { listRates } from '#core/offers/list-rates.ts';
import { pauseMyOffers } from '#core/offers/pause-my-offers.ts';
import { resumeMyOffers } from '#core/offers/resume-my-offers.ts';
import { updateOffer } from '#core/offers/update-offer.ts';
import { listPaymentMethods } from '#core/payment-methods/list-payment-methods.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { hintQueue } from '../hint-queue.ts';
import { httpApi } from '../http/http-api.ts';
import { log } from '../log.ts';
import { PRICE_SETTINGS, pricesOf } from '../prices.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  ...PRICE_SETTINGS,
  'OFFERS_TABLE',
  'PEOPLE_TABLE',
  'LEDGER_TABLE',
  'PAYMENT_ACCOUNTS_TABLE',
  'HALTS_TABLE',
  'LIVE_QUEUE_URL',
]);
const hints = hintQueue(config);
const ports = {
  offers: dynamoOffers(client, { offers: config.OFFERS_TABLE, ledger: config.LEDGER_TABLE }, log),
  halts: dynamoHalts(client, config.HALTS_TABLE),
  people: dynamoPeople(client, config.PEOPLE_TABLE),
  paymentAccounts: keptPaymentAccounts(client, config.PAYMENT_ACCOUNTS_TABLE),
  ledger: dynamoLedger(client, config.LEDGER_TABLE),
  prices: pricesOf(config),
  clock,
  ids,
};

export const handler = httpApi(
  contract,
  {
    listOffers: listOffers(ports),
    createOffer: tellMarket(hints, createOffer(ports)),
    getOffer: getOffer(ports),
    updateOffer: tellMarket(hints, updateOffer(ports)),
    closeOffer: tellMarket(hints, closeOffer(ports)),
    listMyOffers: listMyOffers(ports),
    pauseMyOffers: tellMarket(hints, pauseMyOffers(ports)),
    resumeMyOffers: tellMarket(hints, resumeMyOffers(ports)),
    listRates: listRates(ports),
    listRateHistory: listRateHistory(ports),
    listPaymentMethods,
    getOffersHealth: functionHealth('offers'),
  },
  httpDependencies(config),
);
