import type { Addresses } from '#core/deposits/ports.ts';
import type { AccountId } from '#core/ids.ts';

export function memoryAddresses(): Addresses {
  /** `null`: the house's own. `undefined`: free. */
  const owners = new Map<string, AccountId | null | undefined>();
  const currents = new Map<AccountId, string>();
  let count = 0;
  const free = () => [...owners].filter(([, owner]) => owner === undefined).map(([address]) => address);

  return {
    ownerOf: async (address) => (owners.has(address) ? (owners.get(address) ?? null) : undefined),
    current: async (accountId) => currents.get(accountId),
    async assign(accountId) {
      const [address] = free();
      if (address === undefined) return undefined;
      owners.set(address, accountId);
      currents.set(accountId, address);
      return address;
    },
    countFree: async (limit) => Math.min(free().length, limit),
    count: async () => count || undefined,
    async addFree(addresses) {
      count = Math.max(count, ...addresses.map(({ minor }) => minor + 1));
      for (const { address } of addresses) if (!owners.has(address)) owners.set(address, undefined);
    },
    async addHouse(address) {
      if (!owners.has(address)) owners.set(address, null);
    },
  };
}
