import type { Addresses } from '#core/deposits/ports.ts';
import type { AccountId } from '#core/ids.ts';

/** The pool of addresses. `receivedAt` is for the fake of deposits: it marks an address as used. */
export type MemoryAddresses = Addresses & { receivedAt: (address: string) => void };

export function memoryAddresses(): MemoryAddresses {
  /** The owner of each address. `null`: the house itself. `undefined`: the address is free. */
  const owners = new Map<string, AccountId | null | undefined>();
  const currents = new Map<AccountId, string>();
  let count = 0;
  const unused = new Set<string>();
  const free = () => [...owners].filter(([, owner]) => owner === undefined).map(([address]) => address);

  function assignFree(accountId: AccountId): string | undefined {
    const [address] = free();
    if (address === undefined) return undefined;
    owners.set(address, accountId);
    currents.set(accountId, address);
    unused.add(address);
    return address;
  }

  return {
    ownerOf: async (address) => (owners.has(address) ? (owners.get(address) ?? null) : undefined),
    async assign(accountId, maxUnused) {
      if (!free().length) return 'none_free';
      const open = [...unused].filter((address) => owners.get(address) === accountId);
      return open.length < maxUnused ? { address: assignFree(accountId)! } : 'too_many_open';
    },
    currentOrFirst: async (accountId) => currents.get(accountId) ?? assignFree(accountId),
    async ofAccount(accountId, { limit, after }) {
      const own = [...owners]
        .filter(([address, owner]) => owner === accountId && (!after || address < after.before!))
        .map(([address]) => address)
        .sort()
        .reverse();
      const items = own.slice(0, limit);
      return own.length > limit ? { items, next: { before: items.at(-1)! } } : { items };
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
    receivedAt: (address) => {
      unused.delete(address);
    },
  };
}
