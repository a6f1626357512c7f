import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { dynamoHalts } from '#adapters/dynamodb/halts.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { idempotencyRows } from '#adapters/dynamodb/idempotency.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import { queueClient } from '#adapters/sqs/client.ts';
import { sqsPayoutQueue } from '#adapters/sqs/payout-queue.ts';
import * as contract from '#contract/withdrawals.ts';
import { stepUp } from '#core/accounts/second-factor.ts';
import type { WithdrawalId } from '#core/ids.ts';
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
import { EVENT_SETTINGS, storeParts } from '../store-parts.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  ...SECOND_FACTOR_SETTINGS,
  'LEDGER_TABLE',
  'PAYMENTS_TABLE',
  'HALTS_TABLE',
  ...EVENT_SETTINGS,
  'PAYOUT_QUEUE_URL',
  'PUPERO_MIN_WITHDRAWAL_XMR',
  'MONERO_NETWORK',
]);
const tables = {
  payments: config.PAYMENTS_TABLE,
  ledger: config.LEDGER_TABLE,
  secondFactors: config.SECOND_FACTORS_TABLE,
};
const factorPorts = secondFactorPorts(config);
const ports = {
  withdrawals: dynamoWithdrawals(client, tables, storeParts(config)),
  halts: dynamoHalts(client, config.HALTS_TABLE),
  queue: sqsPayoutQueue(queueClient(), config.PAYOUT_QUEUE_URL),
  stepUp: stepUp(factorPorts),
  smallestPiconero: config.PUPERO_MIN_WITHDRAWAL_XMR,
  addresses: dynamoAddresses(client, config.PAYMENTS_TABLE),
  heartbeats: dynamoHeartbeats(client, config.PAYMENTS_TABLE),
  ledger: dynamoLedger(client, config.LEDGER_TABLE),
  network: config.MONERO_NETWORK,
  clock,
  ids,
  log,
};

export const handler = httpApi(
  contract,
  {
    quoteWithdrawal: quoteWithdrawal(ports),
    requestWithdrawal: keyed(
      idempotencyRows(client, config.PAYMENTS_TABLE),
      requestWithdrawal(ports),
      ({ id }, caller) => getWithdrawal(ports)({ withdrawalId: id as WithdrawalId }, caller),
    ),
    getWithdrawal: getWithdrawal(ports),
    listWithdrawals: listWithdrawals(ports),
    getWithdrawalsHealth: functionHealth('withdrawals'),
  },
  { ...httpDependencies(config), buckets: factorPorts.codeBuckets },
);
