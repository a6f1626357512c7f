import { parseAddress } from '#core/chain/address.ts';
import { NETWORKS, type Network } from '#core/chain/networks.ts';
import { HouseWallet } from './chain/house-wallet.ts';
import { NodeRpc } from './chain/node-rpc.ts';
import { WalletRpc } from './chain/wallet-rpc.ts';
import { type Chain, endpointsOf, type Ground, refuseOtherChainThan, walletLogin } from './engines.ts';

/**
 * Node and wallet of one's own, on a network where others mine. Opens the house wallet, and makes it at the first
 * start. Throws when either is away, or of another network than the one that was named.
 */
export async function joinChain(ground: Ground, tables: Promise<void> | undefined): Promise<Chain> {
  const { network, secrets, say } = ground;
  const { nodeUrl, walletUrl } = endpointsOf(ground);
  const node = new NodeRpc(nodeUrl);
  const { nettype, height } = await node.info();
  if (nettype !== network) throw new Error(`The node at ${nodeUrl} ${strange(nettype, network)}`);
  await refuseOtherChainThan(tables, ground);
  say(`node       ${nodeUrl}, ${network}, height ${height}`);

  const wallet = new WalletRpc(walletUrl, walletLogin(ground));
  try {
    const house = new HouseWallet(wallet, secrets.HOUSE_WALLET_PASSWORD);
    await house.open();
    const houseAddress = await house.address();
    const warning = await house.warning();
    if (warning) say(`warning    ${warning}`);
    if (typeof parseAddress(houseAddress, network) === 'string')
      throw new Error(`it ${strange(networksOf(houseAddress), network)}`);
    say(`wallet     ${walletUrl}, ${houseAddress}`);
    return { node, wallet, houseAddress, outsideAddress: '', keepOpen: () => house.open() };
  } catch (error) {
    wallet.close();
    throw new Error(`The house wallet at ${walletUrl} cannot be used: ${(error as Error).message}`);
  }
}

function strange(found: string, wanted: Network): string {
  return `is of ${found}, and MONERO_NETWORK is ${wanted}.`;
}

/** Regtest's addresses are mainnet's. */
function networksOf(address: string): string {
  const fitting = NETWORKS.filter((network) => typeof parseAddress(address, network) !== 'string');
  return fitting.toReversed().join(' or ') || 'an unknown network';
}
