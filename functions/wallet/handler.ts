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
import { getWalletHealth } from '#contract/system.ts';
import * as contract from '#contract/wallet.ts';
import * as withdrawalContract from '#contract/withdrawals.ts';
import { stepUp } from '#core/accounts/second-factor.ts';
import { depositUseCases } from '#core/deposits/use-cases.ts';
import { sandboxUseCases } from '#core/sandbox/use-cases.ts';
import { walletUseCases } from '#core/wallet/use-cases.ts';
import { withdrawalUseCases } from '#core/withdrawals/use-cases.ts';
import { client, clock, DOOR, door, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { keyedRoute, route } from '../http/route.ts';
import { log } from '../log.ts';
import { SECOND_FACTOR, secondFactorPorts } from '../second-factor.ts';

const config = await readConfig([
  ...DOOR,
  ...SECOND_FACTOR,
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

const deposits = depositUseCases({ deposits: dynamoDeposits(client, tables), addresses, heartbeats });
const ledger = dynamoLedger(client, config.LEDGER_TABLE);
const wallet = walletUseCases({ ledger, deposits, network });
const sandbox = sandboxUseCases({
  faucet: dynamoFaucet(client, config.LEDGER_TABLE),
  getWallet: wallet.getWallet,
  miner: { mine: (count, address) => mine(config.MONERO_NODE_URL, count, address) },
  heartbeats,
  network,
  clock,
  ids,
});
const withdrawals = withdrawalUseCases({
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
});

const ledgerRows = idempotencyRows(client, config.LEDGER_TABLE);
const paymentsRows = idempotencyRows(client, config.PAYMENTS_TABLE);

export const handler = httpApi(
  [
    route(contract.getWallet, wallet.getWallet),
    route(contract.listEntries, wallet.listEntries),
    route(depositContract.newDepositAddress, deposits.newDepositAddress),
    route(depositContract.listDeposits, deposits.listDeposits),
    route(withdrawalContract.quoteWithdrawal, withdrawals.quoteWithdrawal),
    keyedRoute(withdrawalContract.requestWithdrawal, paymentsRows, withdrawals.requestWithdrawal),
    route(withdrawalContract.getWithdrawal, withdrawals.getWithdrawal),
    route(withdrawalContract.listWithdrawals, withdrawals.listWithdrawals),
    keyedRoute(sandboxContract.drawFaucet, ledgerRows, sandbox.drawFaucet),
    route(sandboxContract.mineBlocks, sandbox.mineBlocks),
    route(getWalletHealth, functionHealth('wallet')),
  ],
  door(config),
);
