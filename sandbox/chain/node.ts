import { askNode } from '#adapters/monero/node-rpc.ts';
import { shownUrl } from '#adapters/secrets/urls.ts';

/** Blocks in one call. A longer call would look like a dead node to other callers on a busy machine. */
const BLOCKS_PER_CALL = 10;
const INFO_TIMEOUT_MS = 5_000;
const MINING_TIMEOUT_MS = 60_000;

/** `version` is a release such as `0.18.5.3-release`; a restricted RPC leaves it empty. */
type NodeInfo = { height: number; nettype: string; version: string };

/** The calls of monerod that only the sandbox needs. */
export type SandboxNode = {
  info(): Promise<NodeInfo>;
  /** Regtest only. Mines at once; the coins go to `address` and unlock 60 blocks later. @returns the newest height */
  mine(address: string, count: number): Promise<{ height: number }>;
  /**
   * Mines one block by template and submission, because any nonce fits at difficulty 1. With generateblocks, monerod
   * would fill a second RandomX cache, which takes 256 MB and a second and is never needed again.
   */
  mineFirst(address: string): Promise<void>;
};

/** @throws NodeUnavailable from each call, naming the node's address, when it does not answer in time */
export function sandboxNode(url: string): SandboxNode {
  const ask = <T>(path: string, params: object, timeoutMs: number) =>
    askNode<T>(url, path, params, timeoutMs).catch((error: Error & { cause?: Error }) => {
      if (error.cause)
        error.message = `monerod does not answer at ${shownUrl(url)}: ${reasonOf(error.cause)}`;
      throw error;
    });
  return {
    info: () => ask<NodeInfo>('get_info', {}, INFO_TIMEOUT_MS),
    async mine(address, count) {
      let height = 0;
      for (let left = count; left > 0; left -= BLOCKS_PER_CALL) {
        const amount_of_blocks = Math.min(left, BLOCKS_PER_CALL);
        const params = { amount_of_blocks, wallet_address: address, starting_nonce: 0 };
        ({ height } = await ask<{ height: number }>('json_rpc/generateblocks', params, MINING_TIMEOUT_MS));
      }
      return { height };
    },
    async mineFirst(address) {
      const params = { wallet_address: address, reserve_size: 1 };
      const template = await ask<{ blocktemplate_blob: string }>(
        'json_rpc/get_block_template',
        params,
        MINING_TIMEOUT_MS,
      );
      await ask('json_rpc/submit_block', [template.blocktemplate_blob], MINING_TIMEOUT_MS);
    },
  };
}

/** `fetch` alone says only "fetch failed". */
const reasonOf = ({ message, cause }: Error) => (cause as Error | undefined)?.message ?? message;
