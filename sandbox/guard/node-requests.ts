import { parseExactly, stringifyExactly } from '#adapters/monero/exact-json.ts';
import type { Asked } from '../chain/digest.ts';

/**
 * The calls that wallets make (monero: wallet2, node_rpc_proxy; MyMonero-like ones add a few): reads, and sending a
 * transaction. Excluded: mining, also by template and `submit_block`, removing blocks, pool, peers, stopping.
 */
const paths = new Set([
  '/get_height',
  '/getheight',
  '/get_info',
  '/getinfo',
  '/get_limit',
  '/get_version',
  '/get_blocks.bin',
  '/getblocks.bin',
  '/get_blocks_by_height.bin',
  '/getblocks_by_height.bin',
  '/get_hashes.bin',
  '/gethashes.bin',
  '/get_o_indexes.bin',
  '/get_outs.bin',
  '/get_outs',
  '/get_output_distribution.bin',
  '/get_random_outs.bin',
  '/get_alt_blocks_hashes',
  '/get_transactions',
  '/gettransactions',
  '/is_key_image_spent',
  '/get_transaction_pool',
  '/get_transaction_pool_hashes',
  '/get_transaction_pool_hashes.bin',
  '/get_transaction_pool_stats',
  '/send_raw_transaction',
  '/sendrawtransaction',
]);

const methods = new Set([
  'get_info',
  'get_version',
  'hard_fork_info',
  'get_fee_estimate',
  'rpc_access_info',
  'get_block_count',
  'getblockcount',
  'on_get_block_hash',
  'on_getblockhash',
  'get_block',
  'getblock',
  'get_last_block_header',
  'getlastblockheader',
  'get_block_header_by_hash',
  'getblockheaderbyhash',
  'get_block_header_by_height',
  'getblockheaderbyheight',
  'get_block_headers_range',
  'getblockheadersrange',
  'get_output_histogram',
  'get_output_distribution',
  'get_txpool_backlog',
  'get_txids_loose',
]);

/**
 * The request as it goes to the node, if anybody without a key may ask it. JSON-RPC is written again from the parsed
 * text, so that monerod and this check cannot read it differently (a name twice, escapes).
 */
export function walletsRequest(asked: Asked): Asked | undefined {
  const path = asked.path.split('?', 1)[0]!;
  if (path !== '/json_rpc') return paths.has(path) ? asked : undefined;
  const call = parsed(String(asked.body));
  if (typeof call?.method !== 'string' || !methods.has(call.method)) return undefined;
  return { ...asked, path, body: stringifyExactly(call) };
}

function parsed(text: string): { method?: unknown } | undefined {
  try {
    return parseExactly(text) as { method?: unknown };
  } catch {
    return undefined;
  }
}
