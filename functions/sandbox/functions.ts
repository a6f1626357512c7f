import * as contract from '#contract/sandbox.ts';
import { EVENT_GRANTS, type FunctionDeclaration } from '../declaration.ts';

/** Gives play money and mines blocks. Its operations exist on regtest only, and so does the function. */
export const sandbox: FunctionDeclaration = {
  handler: 'functions/sandbox/handler.handler',
  serves: [contract],
  may: {
    ...EVENT_GRANTS,
    LedgerTable: ['GetItem', 'PutItem', 'UpdateItem'],
    PaymentsTable: ['GetItem', 'UpdateItem'],
    'PaymentsTable/index/by-state': ['Query'],
    SessionsTable: ['GetItem'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
  environment: { MONERO_NODE_URL: '${self:custom.moneroNodeUrl}' },
};
