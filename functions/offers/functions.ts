import * as contract from '#contract/offers.ts';
import { type FunctionDeclaration, PRICES } from '../declaration.ts';

/**
 * Keeps offers. Reads the owners' public rows, the caller's balance, because it lists an offer to sell or not, and the
 * caller's payment accounts, whose details it cannot open.
 */
export const offers: FunctionDeclaration = {
  handler: 'functions/offers/handler.handler',
  serves: [contract],
  may: {
    OffersTable: ['GetItem', 'PutItem'],
    'OffersTable/index/by-price': ['Query'],
    'OffersTable/index/newest': ['Query'],
    'OffersTable/index/by-owner': ['Query'],
    'OffersTable/index/by-move': ['Query'],
    HaltsTable: ['GetItem'],
    LedgerTable: ['GetItem', 'ConditionCheckItem'],
    RatesTable: ['GetItem', 'Query'],
    PeopleTable: ['BatchGetItem'],
    PaymentAccountsTable: ['Query'],
    LiveQueue: ['SendMessage'],
    SessionsTable: ['GetItem'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
  environment: PRICES,
};

/**
 * Asks public sources for prices and stores them. It alone calls addresses outside, so it is not in the private network,
 * and may use no other table and no secret.
 */
export const updateRates: FunctionDeclaration = {
  handler: 'functions/offers/update-rates.handler',
  runsOn: 'every minute',
  may: { RatesTable: ['GetItem', 'PutItem'] },
  environment: {
    ...PRICES,
    PUPERO_COINGECKO_URL: "${env:PUPERO_COINGECKO_URL, ''}",
    PUPERO_KRAKEN_URL: "${env:PUPERO_KRAKEN_URL, ''}",
  },
};

/** Lists and hides offers to sell after their owner's balance has changed. */
export const coverOffers: FunctionDeclaration = {
  handler: 'functions/offers/cover.handler',
  runsOn: 'CoverQueue',
  may: {
    OffersTable: ['GetItem', 'PutItem'],
    'OffersTable/index/for-cover': ['Query'],
    LedgerTable: ['GetItem', 'ConditionCheckItem'],
    RatesTable: ['GetItem'],
    LiveQueue: ['SendMessage'],
    CoverQueue: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'],
  },
  environment: PRICES,
};

/** Lists and hides offers to sell after their market has moved. */
export const followMarket: FunctionDeclaration = {
  handler: 'functions/offers/follow-market.handler',
  runsOn: 'every minute',
  may: {
    OffersTable: ['GetItem', 'PutItem'],
    'OffersTable/index/by-rate': ['Query'],
    LedgerTable: ['GetItem', 'ConditionCheckItem'],
    RatesTable: ['GetItem'],
    LiveQueue: ['SendMessage'],
  },
  environment: PRICES,
};
