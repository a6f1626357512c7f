import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { accountDeposits } from '#adapters/dynamodb/deposits.ts';
import { dynamoFaucet } from '#adapters/dynamodb/faucet.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { idempotencyRows } from '#adapters/dynamodb/idempotency.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { mine } from '#adapters/monero/mining.ts';
import * as contract from '#contract/sandbox.ts';
import { drawFaucet } from '#core/sandbox/draw-faucet.ts';
import { mineBlocks } from '#core/sandbox/mine-blocks.ts';
import { getWallet } from '#core/wallet/get-wallet.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { functionHealth } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { keyed } from '../http/use-cases.ts';
import { log } from '../log.ts';
import { EVENT_SETTINGS, storeParts } from '../store-parts.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  'LEDGER_TABLE',
  'PAYMENTS_TABLE',
  'MONERO_NETWORK',
  'MONERO_NODE_URL',
  ...EVENT_SETTINGS,
]);
const ports = {
  ledger: dynamoLedger(client, config.LEDGER_TABLE),
  deposits: accountDeposits(client, config.PAYMENTS_TABLE, log),
  addresses: dynamoAddresses(client, config.PAYMENTS_TABLE),
  heartbeats: dynamoHeartbeats(client, config.PAYMENTS_TABLE),
  faucet: dynamoFaucet(client, config.LEDGER_TABLE, storeParts(config)),
  miner: { mine: (count: number, address: string) => mine(config.MONERO_NODE_URL, count, address) },
  network: config.MONERO_NETWORK,
  clock,
  ids,
};

export const handler = httpApi(
  contract,
  {
    drawFaucet: keyed(idempotencyRows(client, config.LEDGER_TABLE), drawFaucet(ports), getWallet(ports)),
    mineBlocks: mineBlocks(ports),
    getSandboxHealth: functionHealth('sandbox'),
  },
  httpDependencies(config),
);
