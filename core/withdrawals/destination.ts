import { parseAddress } from '../chain/address.ts';
import type { AddressOwners } from '../chain/address-owners.ts';
import type { Network } from '../chain/networks.ts';
import type { AccountId } from '../ids.ts';
import { type Refusal, refusal } from '../refusal.ts';

/** The payee of a withdrawal to another member; absent if the address is outside. */
export type Destination = { payee?: AccountId };

/**
 * Checks an address before anything is held. The owner is found by the address's keys and not by its text, because the
 * same keys have several forms. An integrated form of one's own address is therefore refused. Payments to a member's
 * address in another form stay in the ledger, because the wallet would not find coins sent to that form.
 */
export async function destinationOf(
  address: string,
  from: AccountId,
  { network, addresses }: { network: Network; addresses: AddressOwners },
): Promise<Destination | Refusal> {
  const parsed = parseAddress(address, network);
  if (typeof parsed === 'string') return refusal(parsed);
  const owners = await Promise.all(parsed.spellings.map((spelling) => addresses.ownerOf(spelling)));
  const owner = owners.find((found) => found !== undefined);
  if (owner === undefined) return {};
  if (owner === from) return refusal('own_address');
  // The house's own address, or a free address of the pool. Coins sent there would belong to no account.
  if (owner === null) return refusal('own_address', { detail: 'the address is of this house itself' });
  return { payee: owner };
}
