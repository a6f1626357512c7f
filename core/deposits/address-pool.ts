import { parseAddress } from '../monero/address.ts';
import type { Network } from '../monero/networks.ts';
import type { Addresses, WatchedWallet } from './ports.ts';

export type AddressPoolPorts = { wallet: WatchedWallet; addresses: Addresses; network: Network };

const POOL = { refillBelow: 25, full: 50 };

/**
 * Keeps enough unused addresses for the wallet function to hand out, and the house's own known as such.
 *
 * Dies between making and keeping them: the wallet has a few addresses that nobody is ever given.
 *
 * @param houseAddress the wallet's primary address
 * @throws WalletUnavailable
 */
export async function fillAddressPool(
  houseAddress: string,
  { wallet, addresses, network }: AddressPoolPorts,
): Promise<void> {
  if ((await addresses.ownerOf(houseAddress)) === undefined) await addresses.addHouse(houseAddress);
  const free = await addresses.countFree(POOL.full);
  if (free >= POOL.refillBelow) return;
  const made = await wallet.newSubaddresses(POOL.full - free);
  await addresses.addFree(made.filter(({ address }) => typeof parseAddress(address, network) !== 'string'));
}

/**
 * Whether the wallet lacks subaddresses that were handed out: its file was lost, or is an older copy. It finds payments
 * to the first 200 of them all the same, and to none above (monero: wallet2's subaddress look-ahead).
 *
 * @returns how many it must know, when it lacks some
 * @throws WalletUnavailable
 */
export async function forgottenSubaddresses({
  wallet,
  addresses,
}: AddressPoolPorts): Promise<number | undefined> {
  const count = await addresses.count();
  if (count === undefined || (await wallet.hasSubaddress(count - 1))) return undefined;
  return count;
}
