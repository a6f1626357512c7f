import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { clock, ids } from './composition.ts';
import type { Config } from './config.ts';
import { log } from './log.ts';

/** The variables of the functions that may ask the house wallet, and of no others. */
export const CHAIN = [
  'PAYMENTS_TABLE',
  'LEDGER_TABLE',
  'MONERO_NETWORK',
  'MONERO_NODE_URL',
  'MONERO_WALLET_RPC_URL',
  'MONERO_WALLET_RPC_USER',
  'MONERO_WALLET_RPC_PASSWORD',
] as const;

/** What payer and watcher have in common. */
export const chainPorts = (config: Config<(typeof CHAIN)[number]>) => ({
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
});
