import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { clock, ids } from './composition.ts';
import type { Config } from './config.ts';
import { log } from './log.ts';
import { EVENT_SETTINGS } from './store-parts.ts';

/** Settings of the functions that may ask the house wallet. No other function has them. */
export const CHAIN_SETTINGS = [
  'PAYMENTS_TABLE',
  'LEDGER_TABLE',
  ...EVENT_SETTINGS,
  'MONERO_NETWORK',
  'MONERO_NODE_URL',
  'MONERO_WALLET_RPC_URL',
  'MONERO_WALLET_RPC_USER',
  'MONERO_WALLET_RPC_PASSWORD',
] as const;

/** The ports that payer and watcher share. */
export const chainPorts = (config: Config<(typeof CHAIN_SETTINGS)[number]>) => ({
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
