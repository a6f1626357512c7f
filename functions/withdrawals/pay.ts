import * as z from 'zod';
import { dynamoPayerLease } from '#adapters/dynamodb/payer-lease.ts';
import { dynamoWithdrawals } from '#adapters/dynamodb/withdrawals.ts';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import type { WithdrawalId } from '#core/ids.ts';
import { payWithdrawal } from '#core/withdrawals/pay.ts';
import { client, clock, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { log } from '../log.ts';
import { queueConsumer } from '../queue/queue-consumer.ts';

const config = readConfig([
  'PAYMENTS_TABLE',
  'LEDGER_TABLE',
  'MONERO_NETWORK',
  'MONERO_NODE_URL',
  'MONERO_WALLET_RPC_URL',
  'MONERO_WALLET_RPC_USER',
  'MONERO_WALLET_RPC_PASSWORD',
]);
const ports = {
  withdrawals: dynamoWithdrawals(client, { payments: config.PAYMENTS_TABLE, ledger: config.LEDGER_TABLE }),
  lease: dynamoPayerLease(client, config.PAYMENTS_TABLE, clock),
  wallet: houseWallet({
    url: config.MONERO_WALLET_RPC_URL,
    user: config.MONERO_WALLET_RPC_USER,
    password: config.MONERO_WALLET_RPC_PASSWORD,
  }),
  node: moneroNode(config.MONERO_NODE_URL),
  network: config.MONERO_NETWORK,
  clock,
  ids,
  log,
};

const WakeUp = z.strictObject({ withdrawalId: z.string().transform((id) => id as WithdrawalId) });

/** Done or left for the schedule, the message has done its work; only a fault sends it again. */
export const handler = queueConsumer('payWithdrawals', WakeUp, ({ withdrawalId }) =>
  payWithdrawal(withdrawalId, ports),
);
