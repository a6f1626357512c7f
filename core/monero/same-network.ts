import { parseAddress } from './address.ts';
import type { Network } from './networks.ts';

/**
 * Whether node and wallet are of the network we are set to; regtest's addresses are mainnet's, so that only the node
 * can tell those two apart.
 *
 * @returns which of them is of another network, if one is
 */
export function strangerTo(
  network: Network,
  { nodeNetwork, walletAddress }: { nodeNetwork: string; walletAddress: string },
): 'node' | 'wallet' | undefined {
  if (nodeNetwork !== network) return 'node';
  return typeof parseAddress(walletAddress, network) === 'string' ? 'wallet' : undefined;
}
