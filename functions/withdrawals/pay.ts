import * as z from 'zod';
import { dynamoPayerLease } from '#adapters/dynamodb/payer-lease.ts';
import { dynamoWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import type { WithdrawalId } from '#core/ids.ts';
import { payWithdrawal } from '#core/withdrawals/pay.ts';
import { CHAIN, chainPorts } from '../chain.ts';
import { client, clock } from '../composition.ts';
import { readConfig } from '../config.ts';
import { queueConsumer } from '../queue/queue-consumer.ts';

const config = await readConfig(CHAIN);
const ports = {
  ...chainPorts(config),
  withdrawals: dynamoWithdrawals(client, { payments: config.PAYMENTS_TABLE, ledger: config.LEDGER_TABLE }),
  lease: dynamoPayerLease(client, config.PAYMENTS_TABLE, clock),
};

const WakeUp = z.strictObject({ withdrawalId: z.string().transform((id) => id as WithdrawalId) });

/** Done or left for the schedule, the message has done its work; only a fault sends it again. */
export const handler = queueConsumer('payWithdrawals', WakeUp, ({ withdrawalId }) =>
  payWithdrawal(withdrawalId, ports),
);
