import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { dynamoHalts } from '#adapters/dynamodb/halts.ts';
import { dynamoPayerLease } from '#adapters/dynamodb/payer-lease.ts';
import { dynamoWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import { queueClient } from '#adapters/sqs/client.ts';
import { sqsPayoutQueue } from '#adapters/sqs/payout-queue.ts';
import type { WithdrawalId } from '#core/ids.ts';
import { payWhenReachable } from '#core/withdrawals/pay-when-reachable.ts';
import { CHAIN_SETTINGS, chainPorts } from '../chain.ts';
import { client, clock } from '../composition.ts';
import { readConfig } from '../config.ts';
import { queueConsumer } from '../queue/queue-consumer.ts';
import { storeParts } from '../store-parts.ts';

const config = await readConfig([...CHAIN_SETTINGS, 'HALTS_TABLE', 'PAYOUT_QUEUE_URL']);
const tables = { payments: config.PAYMENTS_TABLE, ledger: config.LEDGER_TABLE, halts: config.HALTS_TABLE };
const ports = {
  ...chainPorts(config),
  withdrawals: dynamoWithdrawals(client, tables, storeParts(config)),
  halts: dynamoHalts(client, config.HALTS_TABLE),
  lease: dynamoPayerLease(client, config.PAYMENTS_TABLE, clock),
  queue: sqsPayoutQueue(queueClient(), config.PAYOUT_QUEUE_URL),
  sleep,
};

const WakeUp = z.strictObject({ withdrawalId: z.string().transform((id) => id as WithdrawalId) });

/**
 * Acknowledges the message if the payment is done or left to the schedule. Only faults count towards the dead letters.
 */
export const handler = queueConsumer('payWithdrawals', WakeUp, ({ withdrawalId }) =>
  payWhenReachable(ports)(withdrawalId),
);
