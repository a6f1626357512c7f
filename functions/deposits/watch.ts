import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { dynamoDeposits } from '#adapters/dynamodb/deposits.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { dynamoWatchStates } from '#adapters/dynamodb/watch-states.ts';
import { watchDeposits } from '#core/deposits/watch-deposits.ts';
import { CHAIN, chainPorts } from '../chain.ts';
import { client } from '../composition.ts';
import { readConfig } from '../config.ts';
import { scheduled } from '../schedule/scheduled.ts';

const config = await readConfig(CHAIN);
const ports = {
  ...chainPorts(config),
  deposits: dynamoDeposits(client, { payments: config.PAYMENTS_TABLE, ledger: config.LEDGER_TABLE }),
  states: dynamoWatchStates(client, config.PAYMENTS_TABLE),
  addresses: dynamoAddresses(client, config.PAYMENTS_TABLE),
  heartbeats: dynamoHeartbeats(client, config.PAYMENTS_TABLE),
};

export const handler = scheduled('watchDeposits', async () => {
  const { node, wallet, height } = await watchDeposits(ports);
  return { node, wallet, height };
});
