import { askNode } from './node-rpc.ts';

/**
 * Mines blocks at once, on regtest; monerod refuses it elsewhere.
 *
 * @param address who gets the coins
 * @returns blocks in the chain
 * @throws NodeUnavailable
 */
export async function mine(nodeUrl: string, count: number, address: string): Promise<{ height: number }> {
  const params = { amount_of_blocks: count, wallet_address: address, starting_nonce: 0 };
  // 60 blocks take about five seconds.
  const { height } = await askNode<{ height: number }>(nodeUrl, 'json_rpc/generateblocks', params, 25_000);
  // The answer is the newest block's height, which is one less than the number of blocks.
  return { height: height + 1 };
}
