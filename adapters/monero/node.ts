import type { MoneroNode } from '#core/chain/node.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { NodeUnavailable } from '#core/unavailable.ts';
import { askNode, NodeRefused } from './node-rpc.ts';

type Info = {
  height: number;
  top_block_hash: string;
  nettype: string;
  synchronized: boolean;
  status: string;
};
type Fees = { fee: number; fees?: number[] };
type Transactions = { txs?: { tx_hash: string; in_pool: boolean; block_height?: number }[]; status: string };
type Sent = { status: string };
type Header = { block_header: { hash: string } };
type Block = { tx_hashes?: string[] };
type Spent = { spent_status?: number[]; status: string };

/** monerod's name for the private chain of `--regtest`. */
const NETWORKS: Record<string, string> = { fakechain: 'regtest' };

/** CORE_RPC_ERROR_CODE_TOO_BIG_HEIGHT: the height is above the newest block. */
const TOO_HIGH = -2;

/** Answers of `is_key_image_spent` (monero: COMMAND_RPC_IS_KEY_IMAGE_SPENT::STATUS). */
const SPENT = { inBlock: 1, inPool: 2 };

/** monerod at `url`, asked over its RPC without login. */
export function moneroNode(url: string): MoneroNode {
  return {
    async status() {
      const [info, fees] = await Promise.all([
        askNode<Info>(url, 'get_info', {}),
        askNode<Fees>(url, 'json_rpc/get_fee_estimate', {}),
      ]);
      // A node that is catching up knows neither the height nor all transactions.
      if (!info.synchronized) throw new NodeUnavailable('monerod is still catching up');
      return {
        height: info.height,
        topHash: info.top_block_hash,
        network: NETWORKS[info.nettype] ?? info.nettype,
        // The lowest of the four priorities, which payouts use (see payments.ts).
        feePerBytePiconero: asPiconero(BigInt(fees.fees?.[0] ?? fees.fee)),
      };
    },

    async find(txid) {
      const { txs = [] } = okay(
        await askNode<Transactions>(url, 'get_transactions', { txs_hashes: [txid], prune: true }),
      );
      const found = txs.find(({ tx_hash }) => tx_hash === txid);
      if (!found) return { in: 'nowhere' };
      return found.in_pool ? { in: 'pool' } : { in: 'block', height: found.block_height! };
    },

    async blockHash(height) {
      try {
        const answer = await askNode<Header>(url, 'json_rpc/get_block_header_by_height', { height });
        return answer.block_header.hash;
      } catch (error) {
        if (error instanceof NodeRefused && error.code === TOO_HIGH) return undefined;
        throw error;
      }
    },

    async transactionsIn(height) {
      const { tx_hashes = [] } = await askNode<Block>(url, 'json_rpc/get_block', { height });
      return tx_hashes;
    },

    async send(blob) {
      // The sanity check of ring ages is meant for foreign transactions, and fails on a young chain.
      const params = { tx_as_hex: blob, do_not_relay: false, do_sanity_checks: false };
      const { status } = await askNode<Sent>(url, 'send_raw_transaction', params);
      return status === 'OK' ? 'accepted' : 'refused';
    },

    async spentBy(keyImages) {
      const { spent_status: by = [] } = okay(
        await askNode<Spent>(url, 'is_key_image_spent', { key_images: keyImages }),
      );
      if (by.length !== keyImages.length) throw new NodeUnavailable('monerod left key images out');
      if (by.includes(SPENT.inBlock)) return 'block';
      return by.includes(SPENT.inPool) ? 'pool' : 'nothing';
    },
  };
}

/** A node that answers `BUSY` does not know, so its answer must not be read as "there is none". */
function okay<T extends { status: string }>(answer: T): T {
  if (answer.status !== 'OK') throw new NodeUnavailable(`monerod says ${answer.status}`);
  return answer;
}
