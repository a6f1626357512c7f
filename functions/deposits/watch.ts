import { dynamoAddresses } from '#adapters/dynamodb/addresses.ts';
import { dynamoDeposits } from '#adapters/dynamodb/deposits.ts';
import { dynamoFaucet } from '#adapters/dynamodb/faucet.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { dynamoLedger } from '#adapters/dynamodb/ledger.ts';
import { dynamoWatchStates } from '#adapters/dynamodb/watch-states.ts';
import { watchDeposits } from '#core/deposits/watch-deposits.ts';
import { formatXmr } from '#core/money/xmr.ts';
import { stockFaucet } from '#core/sandbox/stock-faucet.ts';
import { CHAIN_SETTINGS, chainPorts } from '../chain.ts';
import { client } from '../composition.ts';
import { readConfig } from '../config.ts';
import { hintQueue } from '../hint-queue.ts';
import { scheduled } from '../schedule/scheduled.ts';
import { storeParts } from '../store-parts.ts';

const config = await readConfig(CHAIN_SETTINGS);
const tables = { payments: config.PAYMENTS_TABLE, ledger: config.LEDGER_TABLE };
const parts = storeParts(config);
const ports = {
  ...chainPorts(config),
  deposits: dynamoDeposits(client, tables, parts),
  states: dynamoWatchStates(client, config.PAYMENTS_TABLE),
  addresses: dynamoAddresses(client, config.PAYMENTS_TABLE),
  heartbeats: dynamoHeartbeats(client, config.PAYMENTS_TABLE),
  hints: hintQueue(config),
};

const faucet = dynamoFaucet(client, config.LEDGER_TABLE, parts);
const ledger = dynamoLedger(client, config.LEDGER_TABLE);

/** On regtest it also counts the faucet's stock, and returns it in XMR for the sandbox's miner. */
export const handler = scheduled('watchDeposits', async () => {
  const { node, wallet, height } = await watchDeposits(ports)();
  const counts = ports.network === 'regtest' && node === 'ok' && wallet === 'ok';
  if (!counts) return { node, wallet, height };
  const left = await stockFaucet({ ...ports, faucet, ledger })(height);
  return { node, wallet, height, ...(left !== undefined && { faucetXmr: formatXmr(left) }) };
});
