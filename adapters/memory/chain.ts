import type { Piconero } from '#core/money/xmr.ts';

/** A transaction of the fake chain: `blob` is all of it, so that the same blob is the same transaction. */
export type FakeTransaction = {
  txid: string;
  keyImages: string[];
  address: string;
  amountPiconero: Piconero;
};

export const blobOf = (tx: FakeTransaction) =>
  JSON.stringify({ ...tx, amountPiconero: `${tx.amountPiconero}` });

const transactionOf = (blob: string): FakeTransaction => {
  const tx = JSON.parse(blob) as FakeTransaction;
  return { ...tx, amountPiconero: BigInt(tx.amountPiconero) as Piconero };
};

/** Pool and blocks as node and wallet see them: a coin is spent once, the same transaction twice is the same. */
export function memoryChain(begin = 100) {
  const pool = new Map<string, FakeTransaction>();
  const mined = new Map<string, FakeTransaction & { height: number }>();
  let height = begin;
  const rivalOf = (tx: FakeTransaction, among: Iterable<FakeTransaction>) =>
    [...among].some(
      (other) => other.txid !== tx.txid && other.keyImages.some((k) => tx.keyImages.includes(k)),
    );

  return {
    pool,
    mined,
    height: () => height,
    submit(blob: string): 'accepted' | 'refused' {
      const tx = transactionOf(blob);
      if (mined.has(tx.txid)) return 'accepted';
      if (rivalOf(tx, pool.values()) || rivalOf(tx, mined.values())) return 'refused';
      pool.set(tx.txid, tx);
      return 'accepted';
    },
    /** The first block takes what waits in the pool. */
    mine(count: number) {
      for (const tx of pool.values()) mined.set(tx.txid, { ...tx, height });
      pool.clear();
      height += count;
    },
    /** What a transaction that nobody here made puts into the next block. */
    mineForeign(tx: FakeTransaction) {
      for (const [txid, other] of pool) if (rivalOf(other, [tx])) pool.delete(txid);
      pool.set(tx.txid, tx);
      this.mine(1);
    },
    /** Each payment that reached an address, or is about to. */
    arrivedAt: (address: string) =>
      [...mined.values(), ...pool.values()].filter((tx) => tx.address === address),
  };
}

export type MemoryChain = ReturnType<typeof memoryChain>;
