import type { Hasher, Passwords } from '#core/accounts/ports.ts';

/** `verified` lists the hashes that passwords were compared with. */
export type MemoryPasswords = Passwords & { verified: string[] };

/** Fake hashes: `new:<password>`, or `old:<password>` for one whose effort is outdated. */
export function memoryPasswords(): MemoryPasswords {
  const verified: string[] = [];
  const hasher: Hasher = {
    hash: async (password) => `new:${password}`,
    async verify(password, hash) {
      verified.push(hash);
      return hash.slice(4) === password;
    },
  };
  return {
    verified,
    inTurn: (work) => work(hasher),
    isOutdated: (hash) => hash.startsWith('old:'),
    dummyHash: 'new:\u0000',
    isCommon: (folded) => folded === 'password123',
  };
}
