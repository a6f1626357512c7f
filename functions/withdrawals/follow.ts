import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { dynamoPayerLease } from '#adapters/dynamodb/payer-lease.ts';
import { dynamoWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { queueClient } from '#adapters/sqs/client.ts';
import { sqsPayoutQueue } from '#adapters/sqs/payout-queue.ts';
import { followWithdrawals } from '#core/withdrawals/follow-withdrawals.ts';
import { client, clock, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { hintQueue } from '../hint-queue.ts';
import { log } from '../log.ts';
import { scheduled } from '../schedule/scheduled.ts';
import { EVENT_SETTINGS, storeParts } from '../store-parts.ts';

const config = await readConfig([
  'PAYMENTS_TABLE',
  'LEDGER_TABLE',
  ...EVENT_SETTINGS,
  'PAYOUT_QUEUE_URL',
  'MONERO_NODE_URL',
]);
const tables = { payments: config.PAYMENTS_TABLE, ledger: config.LEDGER_TABLE };
const ports = {
  withdrawals: dynamoWithdrawals(client, tables, storeParts(config)),
  lease: dynamoPayerLease(client, config.PAYMENTS_TABLE, clock),
  heartbeats: dynamoHeartbeats(client, config.PAYMENTS_TABLE),
  queue: sqsPayoutQueue(queueClient(), config.PAYOUT_QUEUE_URL),
  node: moneroNode(config.MONERO_NODE_URL),
  hints: hintQueue(config),
  clock,
  ids,
  log,
};

export const handler = scheduled('followWithdrawals', followWithdrawals(ports));
