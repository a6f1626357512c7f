import type { Piconero } from '../money/xmr.ts';

/** The place of a transaction. `nowhere`: the node does not know it. */
export type TransactionStatus = { in: 'nowhere' } | { in: 'pool' } | { in: 'block'; height: number };

export type NodeStatus = {
  /** Number of blocks in the chain. The newest one has height `height - 1` and one confirmation. */
  height: number;
  /** The newest block's hash. */
  topHash: string;
  network: string;
  /** Fee of a payout per byte of weight. */
  feePerBytePiconero: Piconero;
};

/** monerod, asked directly. Every call may throw `NodeUnavailable`. */
export interface MoneroNode {
  status(): Promise<NodeStatus>;
  find(txid: string): Promise<TransactionStatus>;
  /** `undefined` above the newest block. */
  blockHash(height: number): Promise<string | undefined>;
  /** Transaction ids of a block, without the coinbase transaction. */
  transactionsIn(height: number): Promise<string[]>;
  /** Sends a signed transaction. `refused`: the node rejects it. */
  send(blob: string): Promise<'accepted' | 'refused'>;
  /** The place of a transaction that spends any of these key images, or `nothing`. */
  spentBy(keyImages: readonly string[]): Promise<'nothing' | 'pool' | 'block'>;
}
