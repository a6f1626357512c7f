import * as contract from '#contract/wallet.ts';
import type { FunctionDeclaration } from '../declaration.ts';

/** Shows balance and statement. Its only write gives an account its first address of the pool. */
export const wallet: FunctionDeclaration = {
  handler: 'functions/wallet/handler.handler',
  serves: [contract],
  may: {
    LedgerTable: ['GetItem', 'BatchGetItem'],
    'LedgerTable/index/by-debit': ['Query'],
    'LedgerTable/index/by-credit': ['Query'],
    PaymentsTable: ['GetItem', 'UpdateItem'],
    'PaymentsTable/index/by-state': ['Query'],
    SessionsTable: ['GetItem'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
};
