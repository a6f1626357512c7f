import * as contract from '#contract/offers.ts';
import type { FunctionDeclaration } from '../declaration.ts';

/**
 * Keeps offers. Reads the owners' public rows, the caller's balance, because a debtor may not offer to sell, and the
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
    LedgerTable: ['GetItem'],
    PeopleTable: ['BatchGetItem'],
    PaymentAccountsTable: ['Query'],
    SessionsTable: ['GetItem'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
};
