import { randomUUID } from 'node:crypto';
import { type ApiClient, apiClient } from '#contract/client.ts';

/** A person who signed up on the site's own origin. The token is valid after a restart. */
export async function visitor(siteUrl: string, username: string): Promise<ApiClient> {
  let accessToken = '';
  const api = apiClient(async ({ method, path, headers, body }) => {
    const authorization = accessToken ? { authorization: `Bearer ${accessToken}` } : undefined;
    const request = { method, headers: { ...headers, ...authorization }, body };
    const response = await fetch(`${siteUrl}/api${path}`, request);
    const text = await response.text();
    return { status: response.status, body: text ? JSON.parse(text) : undefined };
  });
  ({ accessToken } = await api.registerAccount({ username, password: 'marble otter walks home' }));
  return api;
}

export const aKey = () => ({ idempotencyKey: randomUUID() });
