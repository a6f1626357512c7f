import { parseAddress } from './address.ts';
import type { Network } from './networks.ts';

/**
 * Compares the networks of node and wallet with the configured one. Only the node can tell regtest from mainnet,
 * because both have the same addresses.
 *
 * @returns the one that is of another network, if any
 */
export function networkMismatch(
  network: Network,
  { nodeNetwork, walletAddress }: { nodeNetwork: string; walletAddress: string },
): 'node' | 'wallet' | undefined {
  if (nodeNetwork !== network) return 'node';
  return typeof parseAddress(walletAddress, network) === 'string' ? 'wallet' : undefined;
}
