import * as contract from '#contract/offers.ts';
import type { FunctionDeclaration } from '../declaration.ts';

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
    PeopleTable: ['BatchGetItem'],
    PaymentAccountsTable: ['Query'],
    SessionsTable: ['GetItem'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
};

/** Lists and hides offers to sell after their owner's balance has changed. */
export const coverOffers: FunctionDeclaration = {
  handler: 'functions/offers/cover.handler',
  runsOn: 'CoverQueue',
  may: {
    OffersTable: ['GetItem', 'PutItem'],
    'OffersTable/index/for-cover': ['Query'],
    LedgerTable: ['GetItem', 'ConditionCheckItem'],
    CoverQueue: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes'],
  },
};

/** Lists and hides offers to sell after their market has moved. */
export const followMarket: FunctionDeclaration = {
  handler: 'functions/offers/follow-market.handler',
  runsOn: 'every minute',
  may: {
    OffersTable: ['GetItem', 'PutItem'],
    'OffersTable/index/by-rate': ['Query'],
    LedgerTable: ['GetItem', 'ConditionCheckItem'],
  },
};
