import type { FunctionDeclaration } from '../declaration.ts';

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
  },
  secrets: ['MONERO_WALLET_RPC_USER', 'MONERO_WALLET_RPC_PASSWORD'],
  environment: {
    MONERO_NODE_URL: '${self:custom.moneroNodeUrl}',
    MONERO_WALLET_RPC_URL: '${self:custom.moneroWalletRpcUrl}',
  },
};
