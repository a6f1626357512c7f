import { ask } from '../processes/http.ts';

/** Blocks in one call: more at once looks like a dead node to those who ask it meanwhile, on a busy machine. */
const portion = 10;

/** `version` is a release such as `0.18.5.3-release`; a restricted RPC leaves it empty. */
type NodeInfo = { height: number; nettype: string; version: string };

/** The few calls of monerod that the sandbox needs. Errors say which call failed and why. */
export class NodeRpc {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url.replace(/\/$/, '');
  }

  async info(): Promise<NodeInfo> {
    const response = await ask('monerod', `${this.#url}/get_info`, { signal: AbortSignal.timeout(5_000) });
    return response.json() as Promise<NodeInfo>;
  }

  /** Regtest only: mines at once; the coins go to `address` and unlock 60 blocks later. */
  async mine(address: string, count: number): Promise<{ height: number }> {
    let height = 0;
    for (let left = count; left > 0; left -= portion) {
      const asked = { amount_of_blocks: Math.min(left, portion), wallet_address: address, starting_nonce: 0 };
      ({ height } = await this.#call<{ height: number }>('generateblocks', asked));
    }
    return { height };
  }

  /**
   * Mines one block by template and submission. Where generateblocks is the first to hash, monerod fills a
   * second RandomX cache that it never needs again: 256 MB and a second. At difficulty 1 any nonce will do.
   */
  async mineFirst(address: string): Promise<void> {
    const asked = { wallet_address: address, reserve_size: 1 };
    const template = await this.#call<{ blocktemplate_blob: string }>('get_block_template', asked);
    await this.#call('submit_block', [template.blocktemplate_blob]);
  }

  async #call<Result>(method: string, params: object): Promise<Result> {
    const response = await ask('monerod', `${this.#url}/json_rpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: '0', method, params }),
      signal: AbortSignal.timeout(60_000),
    });
    const reply = (await response.json()) as { result?: Result; error?: { message: string } };
    if (!reply.result) throw new Error(`monerod ${method}: ${reply.error?.message}`);
    return reply.result;
  }
}
