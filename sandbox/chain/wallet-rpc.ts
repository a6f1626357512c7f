import { text } from 'node:stream/consumers';
import { parseExactly, stringifyExactly } from '#adapters/monero/exact-json.ts';
import { DigestConnection, type Login } from './digest.ts';

/** An error response of monero-wallet-rpc. `code` is wallet-rpc's own (-13: no wallet is open). */
export class WalletRpcError extends Error {
  readonly code: number;
  constructor(method: string, code: number, message: string) {
    super(`wallet-rpc ${method}: ${message}`);
    this.code = code;
  }
}

type WalletResponse = { result?: unknown; error?: { code: number; message: string } };
/**
 * Calls monero-wallet-rpc with digest login. One at a time, because a nonce belongs to one TCP connection. Amounts are
 * exact both ways: `bigint` in parameters, `number` or (above 2^53) `bigint` in answers.
 */
export class WalletRpc {
  readonly #connection: DigestConnection;

  constructor(url: string, login?: Login) {
    this.#connection = new DigestConnection(url, login);
  }

  async call<Result>(method: string, params: object = {}, timeoutMs = 30_000): Promise<Result> {
    const asked = {
      method: 'POST',
      path: '/json_rpc',
      headers: { 'content-type': 'application/json' },
      body: stringifyExactly({ jsonrpc: '2.0', id: '0', method, params }),
    };
    const answer = await this.#connection.request(asked, timeoutMs);
    const body = await text(answer);
    if (answer.statusCode === 401)
      throw new Error('wallet-rpc refuses MONERO_WALLET_RPC_USER and _PASSWORD.');
    if (answer.statusCode !== 200) throw new Error(`wallet-rpc ${method}: HTTP ${answer.statusCode}`);
    const { result, error } = parseExactly(body) as WalletResponse;
    if (error) throw new WalletRpcError(method, error.code, error.message);
    return result as Result;
  }

  close(): void {
    this.#connection.close();
  }
}
