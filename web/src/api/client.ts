import type { ApiClient } from '#contract/client.ts';
import { noteServerTime, serverNowMs } from './clock.ts';
import { connection } from './connection.svelte.ts';
import { isProblem, ProblemError, UnreachableError } from './problem.ts';
import { type OperationName, ROUTES } from './routes.ts';

type Access = { accessToken: string; accessTokenExpiresAt: string };

/** The access token lives here, in this page's memory, and nowhere else. The session says how a new one is had. */
export const tokens: { access: Access | undefined; renew: () => Promise<void> } = {
  access: undefined,
  renew: async () => {},
};

const TIMEOUT_MS = 30_000;
const EXPIRY_MARGIN_MS = 5_000;

type Request = { method: string; path: string; headers: Record<string, string>; body?: string };
type Answer = { status: number; body: unknown };

/** Puts each part of an input where it goes: into the path, then the query (GET) or the body. */
function requestOf(route: string, input: Record<string, unknown>, idempotencyKey?: string): Request {
  const [method = '', template = ''] = route.split(' ');
  const left = new Map(Object.entries(input).filter(([, value]) => value !== undefined));
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = String(left.get(name));
    left.delete(name);
    return encodeURIComponent(value);
  });
  const headers: Record<string, string> = idempotencyKey ? { 'idempotency-key': idempotencyKey } : {};
  if (left.size === 0) return { method, path, headers };
  if (method === 'GET') {
    const given = [...left].filter(([, value]) => value !== '');
    const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
    return { method, path: `${path}?${query}`, headers };
  }
  headers['content-type'] = 'application/json';
  return { method, path, headers, body: JSON.stringify(Object.fromEntries(left)) };
}

async function send({ path, ...request }: Request, access?: Access): Promise<Answer> {
  const headers = { ...request.headers };
  if (access) headers.authorization = `Bearer ${access.accessToken}`;
  try {
    const response = await fetch(`/api${path}`, {
      ...request,
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    noteServerTime(response.headers.get('date'));
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    // 502 and 504 come from what stands in front of the API, which then is away.
    const isAway = response.status === 502 || response.status === 504;
    if (isAway || (response.status >= 400 && !isProblem(body) && !path.startsWith('/healthz')))
      throw new Error('not an answer of the API');
    connection.answered();
    return { status: response.status, body };
  } catch (cause) {
    connection.lost();
    throw new UnreachableError('the API did not answer', { cause });
  }
}

const isStale = (access: Access | undefined) =>
  !access || Date.parse(access.accessTokenExpiresAt) - serverNowMs() < EXPIRY_MARGIN_MS;

/** Sends with the access token, renewed when it has run out or, once, when the API does not take it. */
async function sendSignedIn(request: Request): Promise<Answer> {
  if (isStale(tokens.access)) await tokens.renew();
  const used = tokens.access;
  const answer = await send(request, used);
  if (!isProblem(answer.body) || answer.body.code !== 'not_signed_in') return answer;
  if (tokens.access === used) await tokens.renew();
  return tokens.access ? send(request, tokens.access) : answer;
}

const caller =
  (name: OperationName) =>
  async (input: object = {}, options: { idempotencyKey?: string } = {}) => {
    const [route, who] = ROUTES[name];
    const request = requestOf(route, { ...input }, options.idempotencyKey);
    const { status, body } = await (who === 'account' ? sendSignedIn(request) : send(request));
    if (status >= 400 && isProblem(body) && 'title' in body) throw new ProblemError(body);
    return body;
  };

/** One method per operation, under the name it has in the contract. */
export const api = Object.fromEntries(
  (Object.keys(ROUTES) as OperationName[]).map((name) => [name, caller(name)]),
) as unknown as Pick<ApiClient, OperationName>;
