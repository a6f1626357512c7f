/** The few calls of monerod that the sandbox needs. Errors say which call failed and why. */
export class NodeRpc {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url.replace(/\/$/, '');
  }

  async info(): Promise<{ height: number; nettype: string }> {
    const response = await fetch(`${this.#url}/get_info`, { signal: AbortSignal.timeout(5_000) });
    return response.json() as Promise<{ height: number; nettype: string }>;
  }

  /** Regtest only: mines at once; the coins go to `address` and unlock 60 blocks later. */
  async mine(address: string, count: number): Promise<{ height: number }> {
    const params = { amount_of_blocks: count, wallet_address: address, starting_nonce: 0 };
    const response = await fetch(`${this.#url}/json_rpc`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: '0', method: 'generateblocks', params }),
      signal: AbortSignal.timeout(60_000),
    });
    const reply = (await response.json()) as { result?: { height: number }; error?: { message: string } };
    if (!reply.result) throw new Error(`monerod generateblocks: ${reply.error?.message}`);
    return reply.result;
  }
}
