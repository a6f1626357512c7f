import { createHash, randomBytes } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import { parseExactly, stringifyExactly } from '#adapters/monero/exact-json.ts';

export type Login = { user: string; password: string };

/** monero-wallet-rpc said no; `code` is its own (-13: no wallet is open). */
export class WalletRpcError extends Error {
  readonly code: number;
  constructor(method: string, code: number, message: string) {
    super(`wallet-rpc ${method}: ${message}`);
    this.code = code;
  }
}

type Answer = { result?: unknown; error?: { code: number; message: string } };
type Reply = { status: number; challenge: string; body: string };

/**
 * Calls monero-wallet-rpc with digest login. One at a time, because a nonce belongs to one TCP connection. Amounts are
 * exact both ways: `bigint` in parameters, `number` or (above 2^53) `bigint` in answers.
 */
export class WalletRpc {
  readonly #url: URL;
  readonly #login: Login | undefined;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #challenge = '';
  #count = 0;

  constructor(url: string, login?: Login) {
    this.#url = new URL('/json_rpc', url);
    this.#login = login;
  }

  async call<Result>(method: string, params: object = {}, timeoutMs = 30_000): Promise<Result> {
    const body = stringifyExactly({ jsonrpc: '2.0', id: '0', method, params });
    let reply = await this.#send(body, timeoutMs);
    if (reply.status === 401 && this.#login) {
      this.#challenge = reply.challenge;
      this.#count = 0;
      reply = await this.#send(body, timeoutMs);
    }
    if (reply.status === 401) throw new Error('wallet-rpc refuses MONERO_WALLET_RPC_USER and _PASSWORD.');
    if (reply.status !== 200) throw new Error(`wallet-rpc ${method}: HTTP ${reply.status}`);
    const { result, error } = parseExactly(reply.body) as Answer;
    if (error) throw new WalletRpcError(method, error.code, error.message);
    return result as Result;
  }

  close(): void {
    this.#agent.destroy();
  }

  #send(body: string, timeoutMs: number): Promise<Reply> {
    return new Promise((resolve, reject) => {
      const headers: Record<string, string> = { 'content-type': 'application/json' };
      if (this.#login && this.#challenge) headers.authorization = this.#authorization(this.#login);
      const options = { method: 'POST', agent: this.#agent, headers, timeout: timeoutMs };
      const asked = request(this.#url, options, (response) => readReply(response).then(resolve, reject));
      asked.on('timeout', () =>
        asked.destroy(new Error(`wallet-rpc does not answer within ${timeoutMs} ms`)),
      );
      asked.on('error', reject);
      asked.end(body);
    });
  }

  /** RFC 7616 with MD5 and qop=auth, which is what wallet-rpc offers. */
  #authorization({ user, password }: Login): string {
    const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(this.#challenge)?.[1] ?? '';
    const [realm, nonce, uri] = [field('realm'), field('nonce'), this.#url.pathname];
    this.#count += 1;
    const [nc, cnonce] = [this.#count.toString(16).padStart(8, '0'), randomBytes(8).toString('hex')];
    const secret = md5(`${user}:${realm}:${password}`);
    const response = md5(`${secret}:${nonce}:${nc}:${cnonce}:auth:${md5(`POST:${uri}`)}`);
    const named = { username: user, realm, nonce, uri, cnonce, response };
    const quoted = Object.entries(named).map(([name, value]) => `${name}="${value}"`);
    return `Digest ${quoted.join(', ')}, algorithm=MD5, qop=auth, nc=${nc}`;
  }
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

async function readReply(response: IncomingMessage): Promise<Reply> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const challenge = response.headers['www-authenticate'] ?? '';
  return { status: response.statusCode ?? 0, challenge, body: Buffer.concat(chunks).toString('utf8') };
}
