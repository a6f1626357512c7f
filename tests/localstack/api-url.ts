/**
 * Where the emulator serves an HTTP API: each has its own way.
 * @throws an Error that names the ways that were tried
 */
export async function apiUrlOf(endpoint: string, apiId: string): Promise<string> {
  const { port } = new URL(endpoint);
  const byPath = `${endpoint}/_aws/execute-api/${apiId}`;
  const ways = [
    byPath,
    `${byPath}/$default`,
    `http://${apiId}.execute-api.localhost.localstack.cloud:${port}`,
  ];
  for (const url of ways) if (await answersAt(url)) return url;
  throw new Error(`The deployed API answers at none of ${ways.join(', ')}.`);
}

async function answersAt(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/healthz/offers`, { signal: AbortSignal.timeout(30_000) });
    return ((await response.json()) as { function?: string }).function === 'offers';
  } catch {
    return false;
  }
}

/**
 * Where the emulator serves the WebSocket API, with http.
 *
 * @param deployed its address on AWS, such as `wss://id.execute-api.us-east-1.amazonaws.com/stage`
 */
export function liveUrlOf(endpoint: string, deployed: string): string {
  const { hostname, pathname } = new URL(deployed);
  return `${endpoint}/_aws/execute-api/${hostname.split('.')[0]}${pathname}`;
}
