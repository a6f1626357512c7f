import type { Piconero } from '#core/money/xmr.ts';

/** A transaction of the fake chain. Its blob (`blobOf`) contains all fields, so equal blobs are one transaction. */
export type FakeTransaction = {
  txid: string;
  keyImages: string[];
  address: string;
  amountPiconero: Piconero;
  /** Blocks that the chain must have before the coins can be spent. */
  unlockHeight?: number;
};

export const blobOf = (tx: FakeTransaction) =>
  JSON.stringify({ ...tx, amountPiconero: `${tx.amountPiconero}` });

const transactionOf = (blob: string): FakeTransaction => {
  const tx = JSON.parse(blob) as FakeTransaction;
  return { ...tx, amountPiconero: BigInt(tx.amountPiconero) as Piconero };
};

let chains = 0;

/**
 * The fake node's pool and blocks. It spends each coin once, and accepts the same transaction again. A reorganisation
 * changes block hashes; only genesis is the same on every chain.
 */
export function memoryChain(begin = 100) {
  const chain = ++chains;
  let blocksMade = 0;
  const nextHash = () => (blocksMade++ === 0 ? 'genesis' : `block-${chain}-${blocksMade}`);
  const pool = new Map<string, FakeTransaction>();
  const mined = new Map<string, FakeTransaction & { height: number }>();
  const hashes = Array.from({ length: begin }, nextHash);
  const rivalOf = (tx: FakeTransaction, among: Iterable<FakeTransaction>) =>
    [...among].some(
      (other) => other.txid !== tx.txid && other.keyImages.some((k) => tx.keyImages.includes(k)),
    );

  return {
    pool,
    mined,
    height: () => hashes.length,
    hash: (height: number) => hashes[height],
    submit(blob: string): 'accepted' | 'refused' {
      const tx = transactionOf(blob);
      if (mined.has(tx.txid)) return 'accepted';
      if (rivalOf(tx, pool.values()) || rivalOf(tx, mined.values())) return 'refused';
      pool.set(tx.txid, tx);
      return 'accepted';
    },
    /** The first block takes the transactions of the pool. */
    mine(count: number) {
      for (const tx of pool.values()) mined.set(tx.txid, { ...tx, height: hashes.length });
      pool.clear();
      for (let block = 0; block < count; block++) hashes.push(nextHash());
    },
    /** Puts a transaction of an outside wallet into the next block. */
    mineForeign(tx: FakeTransaction) {
      for (const [txid, other] of pool) if (rivalOf(other, [tx])) pool.delete(txid);
      pool.set(tx.txid, tx);
      this.mine(1);
    },
    /** Replaces the newest `depth` blocks by `depth + 1` empty ones. Their transactions return to the pool. */
    reorganise(depth: number) {
      const from = hashes.length - depth;
      for (const [txid, { height, ...tx }] of mined) {
        if (height < from) continue;
        mined.delete(txid);
        pool.set(txid, tx);
      }
      hashes.length = from;
      for (let block = 0; block <= depth; block++) hashes.push(nextHash());
    },
    /** The payments to an address, in blocks and in the pool. */
    arrivedAt: (address: string) =>
      [...mined.values(), ...pool.values()].filter((tx) => tx.address === address),
  };
}

export type MemoryChain = ReturnType<typeof memoryChain>;
