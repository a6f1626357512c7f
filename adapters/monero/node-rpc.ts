import { NodeUnavailable } from '#core/unavailable.ts';

/** monerod's refusal of a call, with its code (monero: rpc/core_rpc_server_error_codes.h). */
export class NodeRefused extends NodeUnavailable {
  readonly code: number;
  constructor(path: string, { code = 0, message = '' }: { code?: number; message?: string } = {}) {
    super(`monerod ${path}: ${message} (${code})`);
    this.code = code;
  }
}

/**
 * One call to monerod. It uses fetch and not monero-ts, so that a function that only asks the node stays small. The
 * calls need no login, and no number in their answers comes near 2^53.
 *
 * @param path `json_rpc/<method>`, or one of monerod's other paths
 * @throws NodeUnavailable when it does not answer in time; NodeRefused when it answers with an error
 */
export async function askNode<T>(url: string, path: string, params: object, timeoutMs = 8_000): Promise<T> {
  const [route, method] = path.split('/') as [string, string | undefined];
  const body = method ? { jsonrpc: '2.0', id: '0', method, params } : params;
  const answer = await post(`${url.replace(/\/$/, '')}/${route}`, body, timeoutMs, path);
  const result = method ? answer.result : answer;
  if (!result) throw new NodeRefused(path, answer.error);
  return result as T;
}

type RpcReply = { result?: unknown; error?: { code?: number; message?: string } };

async function post(url: string, body: object, timeoutMs: number, path: string): Promise<RpcReply> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as RpcReply;
  } catch (error) {
    throw new NodeUnavailable(`monerod ${path}`, { cause: error });
  }
}
