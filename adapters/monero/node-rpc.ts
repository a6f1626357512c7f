import { NodeUnavailable } from '#core/withdrawals/ports.ts';

/**
 * One question to monerod. By fetch, not by monero-ts, so that a function that only asks the node stays small: these
 * are plain JSON calls without login, and no amount in their answers comes near 2^53.
 *
 * @param path `json_rpc/<method>`, or one of monerod's other paths
 * @throws NodeUnavailable when it does not answer in time, or answers with an error
 */
export async function askNode<T>(url: string, path: string, params: object, timeoutMs = 8_000): Promise<T> {
  const [route, method] = path.split('/') as [string, string | undefined];
  const body = method ? { jsonrpc: '2.0', id: '0', method, params } : params;
  const answer = await post(`${url.replace(/\/$/, '')}/${route}`, body, timeoutMs, path);
  const result = method ? answer.result : answer;
  if (!result) throw new NodeUnavailable(`monerod ${path}: ${JSON.stringify(answer.error)}`);
  return result as T;
}

type Answer = { result?: unknown; error?: unknown };

async function post(url: string, body: object, timeoutMs: number, path: string): Promise<Answer> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return (await response.json()) as Answer;
  } catch (error) {
    throw new NodeUnavailable(`monerod ${path}`, { cause: error });
  }
}
