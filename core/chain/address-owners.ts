import type { AccountId } from '../ids.ts';

/** Who owns the house's addresses. */
export interface AddressOwners {
  /** The owner of an address; `null` for an address of this house without an owner, `undefined` for a foreign one. */
  ownerOf(address: string): Promise<AccountId | null | undefined>;
}
