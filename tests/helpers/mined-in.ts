import type { MoneroNode } from '#core/chain/node.ts';

/**
 * Mines until a transaction is in a block. It may take several, because monerod puts no transaction into a block that it
 * has not relayed yet.
 *
 * @returns the height of the block
 * @throws an Error after 20 blocks without it
 */
export async function minedIn(
  txid: string,
  node: Pick<MoneroNode, 'find'>,
  mine: (count: number) => Promise<unknown>,
): Promise<number> {
  for (let block = 0; block < 20; block += 1) {
    await mine(1);
    const found = await node.find(txid);
    if (found.in === 'block') return found.height;
  }
  throw new Error(`${txid} is not mined`);
}
