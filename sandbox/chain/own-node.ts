import { parseAddress } from '#core/chain/address.ts';
import { NETWORKS, type Network } from '#core/chain/networks.ts';
import { addressesOf, endpointsOf, type SandboxContext, walletLogin } from '../context.ts';
import { HouseWallet } from './house-wallet.ts';
import { refuseOtherChain } from './known-chain.ts';
import { sandboxNode } from './node.ts';
import type { Chain } from './private-chain.ts';
import { WalletRpc } from './wallet-rpc.ts';

/**
 * Uses the operator's own node and wallet on a public network. Opens the house wallet, and creates it at the first
 * start.
 *
 * @param tables resolves once the tables exist; `undefined` where the sandbox has none
 * @throws an Error when node or wallet cannot be reached, or is of another network than the context's
 */
export async function joinPublicChain(
  context: SandboxContext,
  tables: Promise<void> | undefined,
): Promise<Chain> {
  const { network, secrets, say } = context;
  const { nodeUrl, walletUrl } = addressesOf(context);
  const endpoints = endpointsOf(context);
  const node = sandboxNode(endpoints.nodeUrl);
  const { nettype, height } = await node.info();
  if (nettype !== network) throw new Error(`The node at ${nodeUrl} ${otherNetwork(nettype, network)}`);
  await refuseOtherChain(context, tables);
  say(`node       ${nodeUrl}, ${network}, height ${height}`);

  const wallet = new WalletRpc(endpoints.walletUrl, walletLogin(context));
  try {
    const house = new HouseWallet(wallet, secrets.HOUSE_WALLET_PASSWORD);
    await house.open();
    const houseAddress = await house.address();
    const warning = await house.warning();
    if (warning) say(`warning    ${warning}`);
    if (typeof parseAddress(houseAddress, network) === 'string')
      throw new Error(`it ${otherNetwork(networksOf(houseAddress), network)}`);
    say(`wallet     ${walletUrl}, ${houseAddress}`);
    return { node, wallet, houseAddress, outsideAddress: '', keepOpen: () => house.open() };
  } catch (error) {
    wallet.close();
    throw new Error(`The house wallet at ${walletUrl} cannot be used: ${(error as Error).message}`);
  }
}

const otherNetwork = (found: string, wanted: Network) => `is of ${found}, and MONERO_NETWORK is ${wanted}.`;

/** Regtest has the addresses of mainnet. */
function networksOf(address: string): string {
  const fitting = NETWORKS.filter((network) => typeof parseAddress(address, network) !== 'string');
  return fitting.toReversed().join(' or ') || 'an unknown network';
}
