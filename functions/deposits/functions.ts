import * as contract from '#contract/deposits.ts';
import { EVENT_GRANTS, type FunctionDeclaration } from '../declaration.ts';

/** Hands out addresses of the pool and lists deposits. Cannot reach wallet-rpc. */
export const deposits: FunctionDeclaration = {
  handler: 'functions/deposits/handler.handler',
  serves: [contract],
  may: {
    PaymentsTable: ['GetItem', 'BatchGetItem', 'UpdateItem'],
    'PaymentsTable/index/by-account': ['Query'],
    'PaymentsTable/index/by-state': ['Query'],
    SessionsTable: ['GetItem'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
};

/** Credits deposits that arrive on the chain, and fills the pool of addresses. */
export const watchDeposits: FunctionDeclaration = {
  handler: 'functions/deposits/watch.handler',
  runsOn: 'every minute',
  timeoutSeconds: 50,
  inNetwork: true,
  may: {
    PaymentsTable: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
    'PaymentsTable/index/by-state': ['Query'],
    // On regtest it reads the house accounts, to count the faucet's stock.
    LedgerTable: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
    ...EVENT_GRANTS,
  },
  secrets: ['MONERO_WALLET_RPC_USER', 'MONERO_WALLET_RPC_PASSWORD'],
  environment: {
    MONERO_NODE_URL: '${self:custom.moneroNodeUrl}',
    MONERO_WALLET_RPC_URL: '${self:custom.moneroWalletRpcUrl}',
  },
};
