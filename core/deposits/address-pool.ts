import { parseAddress } from '../monero/address.ts';
import type { Network } from '../monero/networks.ts';
import type { Addresses, WatchedWallet } from './ports.ts';

export type AddressPoolPorts = { wallet: WatchedWallet; addresses: Addresses; network: Network };

/**
 * Enough for a minute, after which a deployed watcher runs again: 60 newcomers, and an account that takes all the
 * addresses it may have unused.
 */
const POOL = { refillBelow: 100, full: 120 };
/** wallet-rpc 0.18.0.0 makes 64 at a time at most. */
const MADE_AT_ONCE = 60;

/**
 * Keeps enough unused addresses for the wallet function to hand out, and the house's own known as such.
 *
 * Dies between making and keeping them: the wallet has up to 60 addresses that nobody is ever given.
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
  for (let missing = POOL.full - free; missing > 0; missing -= MADE_AT_ONCE) {
    const made = await wallet.newSubaddresses(Math.min(missing, MADE_AT_ONCE));
    // One stands for all, because a wallet is of one network.
    const isOurs = made.every(
      ({ address }, at) => at > 0 || typeof parseAddress(address, network) !== 'string',
    );
    if (isOurs) await addresses.addFree(made);
  }
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
