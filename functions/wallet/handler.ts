import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { dynamoDeposits } from '#adapters/dynamodb/deposits.ts';
import { dynamoFaucet } from '#adapters/dynamodb/faucet.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { idempotencyRows } from '#adapters/dynamodb/idempotency.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import { mine } from '#adapters/monero/mining.ts';
import { queueClient } from '#adapters/sqs/client.ts';
import { sqsPayoutQueue } from '#adapters/sqs/payout-queue.ts';
import * as depositContract from '#contract/deposits.ts';
import * as sandboxContract from '#contract/sandbox.ts';
import * as contract from '#contract/wallet.ts';
import * as withdrawalContract from '#contract/withdrawals.ts';
import { stepUp } from '#core/accounts/second-factor.ts';
import { listDeposits } from '#core/deposits/list-deposits.ts';
import { newDepositAddress } from '#core/deposits/new-deposit-address.ts';
import { drawFaucet } from '#core/sandbox/draw-faucet.ts';
import { mineBlocks } from '#core/sandbox/mine-blocks.ts';
import { getWallet } from '#core/wallet/get-wallet.ts';
import { listEntries } from '#core/wallet/list-entries.ts';
import { getWithdrawal } from '#core/withdrawals/get-withdrawal.ts';
import { listWithdrawals } from '#core/withdrawals/list-withdrawals.ts';
import { quoteWithdrawal } from '#core/withdrawals/quote-withdrawal.ts';
import { requestWithdrawal } from '#core/withdrawals/request-withdrawal.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { keyed } from '../http/use-cases.ts';
import { log } from '../log.ts';
import { SECOND_FACTOR_SETTINGS, secondFactorPorts } from '../second-factor.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  ...SECOND_FACTOR_SETTINGS,
  'LEDGER_TABLE',
  'PAYMENTS_TABLE',
  'PAYOUT_QUEUE_URL',
  'PUPERO_MIN_WITHDRAWAL_XMR',
  'MONERO_NETWORK',
  'MONERO_NODE_URL',
]);
const tables = {
  payments: config.PAYMENTS_TABLE,
  ledger: config.LEDGER_TABLE,
  secondFactors: config.SECOND_FACTORS_TABLE,
};
const network = config.MONERO_NETWORK;
const addresses = dynamoAddresses(client, config.PAYMENTS_TABLE);
const heartbeats = dynamoHeartbeats(client, config.PAYMENTS_TABLE);

const ledger = dynamoLedger(client, config.LEDGER_TABLE);
const walletPorts = { ledger, deposits: dynamoDeposits(client, tables), addresses, network };
const depositPorts = { ...walletPorts, heartbeats };
const sandboxPorts = {
  ...walletPorts,
  faucet: dynamoFaucet(client, config.LEDGER_TABLE),
  miner: { mine: (count: number, address: string) => mine(config.MONERO_NODE_URL, count, address) },
  heartbeats,
  clock,
  ids,
};
const withdrawalPorts = {
  withdrawals: dynamoWithdrawals(client, tables),
  queue: sqsPayoutQueue(queueClient(), config.PAYOUT_QUEUE_URL),
  stepUp: stepUp(secondFactorPorts(config)),
  smallestPiconero: config.PUPERO_MIN_WITHDRAWAL_XMR,
  addresses,
  heartbeats,
  ledger,
  network,
  clock,
  ids,
  log,
};

const ledgerRows = idempotencyRows(client, config.LEDGER_TABLE);
const paymentsRows = idempotencyRows(client, config.PAYMENTS_TABLE);

export const handler = httpApi(
  { ...contract, ...depositContract, ...withdrawalContract, ...sandboxContract },
  {
    getWallet: getWallet(walletPorts),
    listEntries: listEntries(walletPorts),
    newDepositAddress: newDepositAddress(depositPorts),
    listDeposits: listDeposits(depositPorts),
    quoteWithdrawal: quoteWithdrawal(withdrawalPorts),
    requestWithdrawal: keyed(paymentsRows, requestWithdrawal(withdrawalPorts)),
    getWithdrawal: getWithdrawal(withdrawalPorts),
    listWithdrawals: listWithdrawals(withdrawalPorts),
    drawFaucet: keyed(ledgerRows, drawFaucet(sandboxPorts)),
    mineBlocks: mineBlocks(sandboxPorts),
    getWalletHealth: functionHealth('wallet'),
  },
  httpDependencies(config),
);
