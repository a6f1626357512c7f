import * as deposits from '#contract/deposits.ts';
import * as sandbox from '#contract/sandbox.ts';
import * as contract from '#contract/wallet.ts';
import * as withdrawals from '#contract/withdrawals.ts';
import type { FunctionDeclaration } from '../declaration.ts';

/** Shows balances and takes withdrawal requests. Cannot reach wallet-rpc. */
export const wallet: FunctionDeclaration = {
  handler: 'functions/wallet/handler.handler',
  serves: [contract, deposits, withdrawals, sandbox],
  may: {
    LedgerTable: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
    'LedgerTable/index/by-debit': ['Query'],
    'LedgerTable/index/by-credit': ['Query'],
    PaymentsTable: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
    'PaymentsTable/index/by-account': ['Query'],
    'PaymentsTable/index/by-state': ['Query'],
    SessionsTable: ['GetItem'],
    SecondFactorsTable: ['GetItem', 'UpdateItem'],
    PayoutQueue: ['SendMessage'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY', 'TOTP_KEY'],
  environment: {
    PUPERO_MIN_WITHDRAWAL_XMR: "${env:PUPERO_MIN_WITHDRAWAL_XMR, ''}",
    // Only for the sandbox's mineBlocks.
    MONERO_NODE_URL: '${self:custom.moneroNodeUrl}',
  },
};
