import { type ApiClient, apiClient, type Transport } from '#contract/client.ts';
import type { RequestShape } from '#contract/request.ts';
import { exchange } from './exchange.ts';
import { theSandbox } from './sandbox.ts';

/** Credentials that a browser keeps between two requests. A test may read, copy and restore them. */
export type Keys = { accessToken?: string; refreshCookie?: string };

export type Client = ApiClient & { keys: Keys };

/** A client of the running API with its own credentials. Every response is checked against the OpenAPI document. */
export function client(keys: Keys = {}): Client {
  const transport: Transport = async ({ operation, method, path, headers, body }) => {
    const answer = await exchange(method, path, {
      headers: { ...headers, ...credentialsFor(operation, keys) },
      body,
    });
    keep(keys, answer.headers, answer.body);
    return answer;
  };
  return { ...apiClient(transport), keys };
}

function credentialsFor(
  { caller }: RequestShape,
  { accessToken, refreshCookie }: Keys,
): Record<string, string> {
  if (caller === 'refresh_cookie') return { origin: theSandbox().siteUrl, cookie: refreshCookie ?? '' };
  return caller === 'account' && accessToken ? { authorization: `Bearer ${accessToken}` } : {};
}

function keep(keys: Keys, headers: Headers, body: unknown): void {
  const cookie = headers.getSetCookie().find((one) => one.startsWith('__Host-refresh='));
  if (cookie) keys.refreshCookie = cookie.split(';')[0];
  if (typeof body === 'object' && body !== null && 'accessToken' in body)
    keys.accessToken = String(body.accessToken);
}
