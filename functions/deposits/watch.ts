import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { dynamoDeposits } from '#adapters/dynamodb/deposits.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { beat } from '#core/deposits/beat.ts';
import { client, clock, ids } from '../composition.ts';
import { readConfig } from '../config.ts';
import { log } from '../log.ts';
import { scheduled } from '../schedule/scheduled.ts';

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
  deposits: dynamoDeposits(client, { payments: config.PAYMENTS_TABLE, ledger: config.LEDGER_TABLE }),
  addresses: dynamoAddresses(client, config.PAYMENTS_TABLE),
  heartbeats: dynamoHeartbeats(client, config.PAYMENTS_TABLE),
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

export const handler = scheduled('watchDeposits', async () => {
  const { node, wallet, height } = await beat(ports);
  return { node, wallet, height };
});
