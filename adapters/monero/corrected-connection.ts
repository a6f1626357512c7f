import type { Agent } from 'node:http';
import moneroTs from 'monero-ts';
import pLimit, { type LimitFunction } from 'p-limit';
import { exactNumber } from './exact-json.ts';

/** A subclass, because the agents of monero-ts' HTTP client are protected members. */
class Sockets extends moneroTs.HttpClient {
  static limit(connectTimeoutMs: number) {
    moneroTs.HttpClient.CONNECT_TIMEOUT = connectTimeoutMs;
    // One connection, because a digest nonce is valid only on the TCP connection that it came on.
    for (const agent of Sockets.#agents()) agent.maxSockets = 1;
  }

  static close(uri: string) {
    const { hostname, port, protocol } = new URL(uri);
    const name = `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}:`;
    for (const agent of Sockets.#agents())
      for (const [key, sockets = []] of Object.entries(agent.sockets))
        if (key.startsWith(name)) for (const socket of sockets) socket.destroy();
  }

  static #agents = (): Agent[] => [Sockets.getHttpAgent(), Sockets.getHttpsAgent()];
}

/**
 * monero-ts' connection to wallet-rpc, and the only place that corrects monero-ts 0.11.15. corrected-connection.test.ts
 * says when each correction can be removed.
 *
 * Amounts: it sends them as strings of digits. wallet-rpc up to 0.18.4 converts them to numbers; from 0.18.5 on it
 * answers -32602, because epee no longer converts strings for 64-bit fields:
 * https://github.com/monero-project/monero/blob/release-v0.18/contrib/epee/include/storages/portable_storage_val_converters.h
 *
 * Time-outs: it gives up on a call but leaves the request open, because axios resets the time-out of the socket
 * (https://github.com/axios/axios/blob/v1.x/lib/adapters/http.js, `req.setTimeout(0)`). It sends one request at a time,
 * so every later call would wait for the open one. A call without an answer therefore closes the socket here.
 *
 * It counts the wait for other calls towards the time-out, also for those of other connections of the process. A
 * waiting call that timed out would close the socket under another connection's call. A call therefore gets its turn
 * before its time-out begins.
 */
export class CorrectedConnection extends moneroTs.MoneroRpcConnection {
  /** @param timeoutMs upper bound of one call, its login included */
  constructor(login: { uri: string; username: string; password: string }, timeoutMs: number) {
    super({ ...login, timeoutMs });
    Sockets.limit(Math.min(timeoutMs, 3_000));
  }

  override sendJsonRequest(method: string, params?: object, timeoutMs?: number) {
    return turnsOf(this.getUri())(async () => {
      try {
        return await super.sendJsonRequest(method, exactly(params), timeoutMs);
      } catch (error) {
        const answered = error instanceof moneroTs.MoneroRpcError && error.getCode() !== undefined;
        if (!answered) Sockets.close(this.getUri());
        throw error;
      }
    });
  }
}

const turns = new Map<string, LimitFunction>();

/** Gives the calls to one wallet-rpc their turns, one at a time, across all connections of this process. */
function turnsOf(uri: string): LimitFunction {
  const known = turns.get(uri) ?? pLimit(1);
  turns.set(uri, known);
  return known;
}

/** 64-bit fields that monero-ts turns into strings. */
const AMOUNTS = new Set(['amount', 'below_amount']);

/** The same parameters, with bigints and the strings of `AMOUNTS` as JSON numbers. */
function exactly(value: unknown, key = ''): unknown {
  if (typeof value === 'bigint') return exactNumber(value);
  if (typeof value === 'string') return AMOUNTS.has(key) ? exactNumber(value) : value;
  if (Array.isArray(value)) return value.map((item) => exactly(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, exactly(part, name)]));
}
