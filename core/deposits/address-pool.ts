import { parseAddress } from '../chain/address.ts';
import type { Network } from '../chain/networks.ts';
import type { WatchedWallet } from '../chain/wallet.ts';
import type { Addresses } from './ports.ts';

export type AddressPoolPorts = { wallet: WatchedWallet; addresses: Addresses; network: Network };

/**
 * Sizes of the pool. A deployed watcher runs every minute. In a minute, 60 new accounts and one account at its limit of
 * unused addresses take 80 addresses.
 */
const POOL = { refillBelow: 100, full: 120 };
/** Number of addresses that the wallet makes before they are stored. A crash in between wastes at most this many. */
const MADE_AT_ONCE = 60;

/**
 * Fills the pool of addresses that accounts get, and stores the house's own address.
 *
 * If the process dies between making and storing addresses, the wallet has up to 60 addresses that are never handed
 * out.
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
    // Only the first is checked, because all addresses of a wallet are of one network.
    const isOurs = made.every(
      ({ address }, at) => at > 0 || typeof parseAddress(address, network) !== 'string',
    );
    if (isOurs) await addresses.addFree(made);
  }
}

/**
 * Whether the wallet lacks subaddresses that were handed out, because its file was lost or is an older copy. It still
 * finds payments to the first 200 of them, and to none above (monero: wallet2's subaddress look-ahead).
 *
 * @param count how many it must know; `undefined` if none was handed out
 * @throws WalletUnavailable
 */
export const hasForgotten = async (
  wallet: Pick<WatchedWallet, 'hasSubaddress'>,
  count: number | undefined,
): Promise<boolean> => count !== undefined && !(await wallet.hasSubaddress(count - 1));
