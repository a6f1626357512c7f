import type { MoneroNode } from '#core/chain/node.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { MemoryChain } from './chain.ts';

export function memoryNode(chain: MemoryChain, network = 'regtest'): MoneroNode {
  return {
    status: async () => ({
      height: chain.height(),
      topHash: chain.hash(chain.height() - 1)!,
      network,
      feePerBytePiconero: asPiconero(20_000n),
    }),
    async find(txid) {
      const mined = chain.mined.get(txid);
      if (mined) return { in: 'block', height: mined.height };
      return chain.pool.has(txid) ? { in: 'pool' } : { in: 'nowhere' };
    },
    blockHash: async (height) => chain.hash(height),
    transactionsIn: async (height) =>
      [...chain.mined.values()].filter((tx) => tx.height === height).map(({ txid }) => txid),
    send: async (blob) => chain.submit(blob),
    async spentBy(keyImages) {
      const spends = (tx: { keyImages: string[] }) => tx.keyImages.some((image) => keyImages.includes(image));
      if ([...chain.mined.values()].some(spends)) return 'block';
      return [...chain.pool.values()].some(spends) ? 'pool' : 'nothing';
    },
  };
}
