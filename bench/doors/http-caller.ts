import { type ApiClient, apiClient, type Transport } from '#contract/client.ts';

/** Somebody who calls the API over HTTP; `keys` is what a browser would keep. */
export type HttpCaller = ApiClient & { keys: { accessToken?: string } };

export function httpCaller(apiUrl: string): HttpCaller {
  const keys: HttpCaller['keys'] = {};
  const transport: Transport = async ({ method, path, headers, body }) => {
    const authorization: Record<string, string> = keys.accessToken
      ? { authorization: `Bearer ${keys.accessToken}` }
      : {};
    const sent = { method, headers: { ...headers, ...authorization }, ...(body !== undefined && { body }) };
    const response = await fetch(`${apiUrl}${path}`, sent);
    const text = await response.text();
    const parsed = text.startsWith('{') ? JSON.parse(text) : text;
    if (typeof parsed.accessToken === 'string') keys.accessToken = parsed.accessToken;
    return { status: response.status, body: parsed };
  };
  return { ...apiClient(transport), keys };
}
