import { askNode } from '#adapters/monero/node-rpc.ts';

const TIMEOUT_MS = 60_000;

/**
 * Replaces the newest `depth` blocks by `depth` + 1 empty ones. Transactions of the replaced blocks return to the pool.
 */
export async function reorganise(nodeUrl: string, depth: number, address: string): Promise<void> {
  const { height } = await askNode<{ height: number }>(nodeUrl, 'get_info', {}, TIMEOUT_MS);
  const params = { height: height - depth - 1 };
  const path = 'json_rpc/get_block_header_by_height';
  const last = await askNode<{ block_header: { hash: string } }>(nodeUrl, path, params, TIMEOUT_MS);
  const blocks = {
    amount_of_blocks: depth + 1,
    wallet_address: address,
    prev_block: last.block_header.hash,
    starting_nonce: 0,
  };
  await askNode(nodeUrl, 'json_rpc/generateblocks', blocks, TIMEOUT_MS);
}

/**
 * Removes transactions from the pool, by default all of them. Other nodes of a public network forget a transaction
 * after days.
 */
export async function flushPool(nodeUrl: string, txids: readonly string[] = []): Promise<void> {
  await askNode(nodeUrl, 'json_rpc/flush_txpool', { txids }, TIMEOUT_MS);
}
