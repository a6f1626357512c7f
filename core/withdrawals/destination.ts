import type { Addresses } from '../deposits/ports.ts';
import type { AccountId } from '../ids.ts';
import { parseAddress } from '../monero/address.ts';
import type { Network } from '../monero/networks.ts';
import { type Refusal, refusal } from '../refusal.ts';

/** Where a withdrawal goes: onto the chain, or to another member of this house. */
export type Destination = { payee?: AccountId };

/**
 * Checks an address before anything is held. Whose it is goes by its keys, in whatever form they come: one's own cannot
 * be reached as an integrated address, and coins for a member are not sent to a form in which nobody finds them.
 */
export async function destinationOf(
  address: string,
  from: AccountId,
  { network, addresses }: { network: Network; addresses: Pick<Addresses, 'ownerOf'> },
): Promise<Destination | Refusal> {
  const parsed = parseAddress(address, network);
  if (typeof parsed === 'string') return refusal(parsed);
  const owners = await Promise.all(parsed.spellings.map((spelling) => addresses.ownerOf(spelling)));
  const owner = owners.find((found) => found !== undefined);
  if (owner === undefined) return {};
  if (owner === from) return refusal('own_address');
  // The house's own, or one that nobody was given yet: the coins would come back to the house, and to no one in it.
  if (owner === null) return refusal('own_address', { detail: 'the address is of this house itself' });
  return { payee: owner };
}
