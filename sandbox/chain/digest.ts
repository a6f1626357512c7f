import { createHash, randomBytes } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';

export type Login = { user: string; password: string };

export type Asked = { method: string; path: string; body: Buffer | string; headers?: Record<string, string> };

/**
 * One TCP connection to a program of Monero that asks for a digest login. Monero binds a nonce to its connection, so
 * requests go one after the other.
 */
export class DigestConnection {
  readonly #origin: string;
  readonly #login: Login | undefined;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });
  #challenge = '';
  #count = 0;

  constructor(origin: string, login?: Login) {
    this.#origin = origin;
    this.#login = login;
  }

  /**
   * @returns the answer with its body still to be read; status 401 when the login is refused
   * @throws an Error when no answer comes within `timeoutMs`
   */
  async request(asked: Asked, timeoutMs = 0): Promise<IncomingMessage> {
    const answer = await this.#send(asked, timeoutMs);
    if (answer.statusCode !== 401 || !this.#login) return answer;
    this.#challenge = answer.headers['www-authenticate'] ?? '';
    this.#count = 0;
    answer.resume();
    return this.#send(asked, timeoutMs);
  }

  close(): void {
    this.#agent.destroy();
  }

  #send({ method, path, body, headers }: Asked, timeoutMs: number): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const options = {
        method,
        agent: this.#agent,
        timeout: timeoutMs,
        headers: {
          ...headers,
          ...(this.#login &&
            this.#challenge && { authorization: this.#authorization(this.#login, method, path) }),
        },
      };
      const sent = request(new URL(path, this.#origin), options, resolve);
      sent.on('timeout', () =>
        sent.destroy(new Error(`${this.#origin} does not answer within ${timeoutMs} ms`)),
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** RFC 7616 with MD5 and qop=auth, the only variant of Monero's programs. */
  #authorization({ user, password }: Login, method: string, uri: string): string {
    const field = (name: string) => new RegExp(`${name}="?([^",]+)`).exec(this.#challenge)?.[1] ?? '';
    const [realm, nonce] = [field('realm'), field('nonce')];
    this.#count += 1;
    const [nc, cnonce] = [this.#count.toString(16).padStart(8, '0'), randomBytes(8).toString('hex')];
    const secret = md5(`${user}:${realm}:${password}`);
    const response = md5(`${secret}:${nonce}:${nc}:${cnonce}:auth:${md5(`${method}:${uri}`)}`);
    const named = { username: user, realm, nonce, uri, cnonce, response };
    const quoted = Object.entries(named).map(([name, value]) => `${name}="${value}"`);
    return `Digest ${quoted.join(', ')}, algorithm=MD5, qop=auth, nc=${nc}`;
  }
}

const md5 = (text: string) => createHash('md5').update(text).digest('hex');
