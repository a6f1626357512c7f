import * as contract from '#contract/withdrawals.ts';
import { EVENT_GRANTS, type FunctionDeclaration } from '../declaration.ts';

/** Takes withdrawal requests: holds the amount and wakes the payer. Cannot reach wallet-rpc. */
export const withdrawals: FunctionDeclaration = {
  handler: 'functions/withdrawals/handler.handler',
  serves: [contract],
  may: {
    LedgerTable: ['GetItem', 'PutItem', 'UpdateItem'],
    ...EVENT_GRANTS,
    PaymentsTable: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
    'PaymentsTable/index/by-account': ['Query'],
    HaltsTable: ['GetItem'],
    SessionsTable: ['GetItem'],
    SecondFactorsTable: ['GetItem', 'UpdateItem', 'DeleteItem', 'Query'],
    PayoutQueue: ['SendMessage'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY', 'TOTP_KEY'],
  environment: { PUPERO_MIN_WITHDRAWAL_XMR: "${env:PUPERO_MIN_WITHDRAWAL_XMR, ''}" },
};

/** Takes payout messages and pays them. */
export const payWithdrawals: FunctionDeclaration = {
  handler: 'functions/withdrawals/pay.handler',
  runsOn: 'PayoutQueue',
  // A payer waits up to 30 s for an unavailable part (core/withdrawals/pay-when-reachable.ts). Its last try may take
  // 60 s, which is also the lease in the table that lets one payer work at a time.
  timeoutSeconds: 90,
  inNetwork: true,
  may: {
    PaymentsTable: ['GetItem', 'PutItem', 'UpdateItem'],
    HaltsTable: ['GetItem', 'ConditionCheckItem'],
    LedgerTable: ['PutItem', 'UpdateItem'],
    ...EVENT_GRANTS,
    // It also sends: a payer that has waited too long sends a new message for its withdrawal.
    PayoutQueue: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'SendMessage'],
  },
  secrets: ['MONERO_WALLET_RPC_USER', 'MONERO_WALLET_RPC_PASSWORD'],
  environment: {
    MONERO_NODE_URL: '${self:custom.moneroNodeUrl}',
    MONERO_WALLET_RPC_URL: '${self:custom.moneroWalletRpcUrl}',
  },
};

/** Follows payouts to their confirmations and sends the messages of queued ones again. Cannot reach wallet-rpc. */
export const followWithdrawals: FunctionDeclaration = {
  handler: 'functions/withdrawals/follow.handler',
  runsOn: 'every minute',
  timeoutSeconds: 50,
  inNetwork: true,
  may: {
    PaymentsTable: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
    'PaymentsTable/index/by-state': ['Query'],
    LedgerTable: ['PutItem', 'UpdateItem'],
    ...EVENT_GRANTS,
    PayoutQueue: ['SendMessage'],
  },
  environment: { MONERO_NODE_URL: '${self:custom.moneroNodeUrl}' },
};
