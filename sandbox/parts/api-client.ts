import { type ApiClient, apiClient, type Transport } from '#contract/client.ts';

const TIMEOUT_MS = 30_000;

/** The contract's client over HTTP. `keys` holds the access token that the API gave last. */
export type HttpClient = ApiClient & { keys: { accessToken?: string } };

/** A client of the API at `apiUrl`, not logged in. Each call takes up to 30 s and rejects with `ProblemError`. */
export function httpClient(apiUrl: string): HttpClient {
  const keys: HttpClient['keys'] = {};
  const transport: Transport = async ({ method, path, headers, body }) => {
    const authorization: Record<string, string> = keys.accessToken
      ? { authorization: `Bearer ${keys.accessToken}` }
      : {};
    const response = await fetch(`${apiUrl}${path}`, {
      method,
      headers: { ...headers, ...authorization },
      ...(body !== undefined && { body }),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const text = await response.text();
    const parsed = text.startsWith('{') ? JSON.parse(text) : text;
    if (typeof parsed.accessToken === 'string') keys.accessToken = parsed.accessToken;
    return { status: response.status, body: parsed };
  };
  return { ...apiClient(transport), keys };
}
