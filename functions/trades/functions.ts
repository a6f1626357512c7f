import * as disputes from '#contract/disputes.ts';
import * as contract from '#contract/trades.ts';
import { EVENT_GRANTS, type FunctionDeclaration, PRICES, STANDING_GRANTS } from '../declaration.ts';

/**
 * Runs trades, moves their holds in the ledger, and lets arbitrators decide on disputes. A trade keeps a copy of the
 * seller's payment account.
 */
export const trades: FunctionDeclaration = {
  handler: 'functions/trades/handler.handler',
  serves: [contract, disputes],
  may: {
    // The reference of an ended trade is removed.
    TradesTable: ['GetItem', 'BatchGetItem', 'PutItem', 'DeleteItem'],
    'TradesTable/index/by-buyer': ['Query'],
    'TradesTable/index/by-seller': ['Query'],
    'TradesTable/index/by-buyer-state': ['Query'],
    'TradesTable/index/by-seller-state': ['Query'],
    'TradesTable/index/by-dispute': ['Query'],
    LedgerTable: ['PutItem', 'UpdateItem'],
    PeopleTable: ['BatchGetItem', 'UpdateItem'],
    OffersTable: ['GetItem', 'ConditionCheckItem'],
    PaymentAccountsTable: ['GetItem', 'ConditionCheckItem'],
    HaltsTable: ['GetItem', 'ConditionCheckItem'],
    RatesTable: ['GetItem'],
    SessionsTable: ['GetItem'],
    SecondFactorsTable: ['GetItem', 'UpdateItem', 'DeleteItem', 'Query'],
    // Decisions are entries of the audit log.
    ModerationTable: ['PutItem'],
    ...EVENT_GRANTS,
    ...STANDING_GRANTS,
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY', 'PAYMENT_DETAILS_KEY', 'TOTP_KEY'],
  environment: PRICES,
};

/** Ends trades whose payment window is over and releases the hold. After an outage it moves the windows. */
export const expireTrades: FunctionDeclaration = {
  handler: 'functions/trades/expire.handler',
  runsOn: 'every minute',
  may: {
    TradesTable: ['GetItem', 'BatchGetItem', 'PutItem', 'DeleteItem'],
    'TradesTable/index/by-expiry': ['Query'],
    LedgerTable: ['PutItem', 'UpdateItem'],
    // An expiry decrements the taker's counter of open trades.
    PeopleTable: ['UpdateItem'],
    ...EVENT_GRANTS,
  },
  unusedTables: ['OffersTable'],
};

/** Erases where the buyer paid from trades that ended long ago. It has no key to read it. */
export const erasePaymentDetails: FunctionDeclaration = {
  handler: 'functions/trades/erase.handler',
  runsOn: 'every hour',
  may: {
    TradesTable: ['BatchGetItem', 'UpdateItem'],
    'TradesTable/index/by-expiry': ['Query'],
  },
};

/** Frees XMR that is held although no trade explains it. */
export const freeHolds: FunctionDeclaration = {
  handler: 'functions/trades/free-holds.handler',
  runsOn: 'every hour',
  may: {
    TradesTable: ['GetItem'],
    LedgerTable: ['BatchGetItem', 'PutItem', 'UpdateItem'],
    'LedgerTable/index/by-hold': ['Query'],
  },
};
