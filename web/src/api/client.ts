import { ROUTES } from 'virtual:contract-routes';
import type { ApiClient } from '#contract/client.ts';
import { API_UNREACHABLE_HEADER } from '#contract/problems.ts';
import { type ApiRequest, requestOf } from '#contract/request.ts';
import { noteServerTime, serverNowMs } from './clock.ts';
import { connection } from './connection.svelte.ts';
import { isProblem, ProblemError, UnreachableError } from './problem.ts';

type Access = { accessToken: string; accessTokenExpiresAt: string };

/** The access token lives here, in this page's memory, and nowhere else. The session says how a new one is had. */
export const tokens: { access: Access | undefined; renew: () => Promise<void> } = {
  access: undefined,
  renew: async () => {},
};

const TIMEOUT_MS = 30_000;
const EXPIRY_MARGIN_MS = 5_000;
/** CloudFront and other proxies answer with these when they cannot reach the API. */
const GATEWAY_ERRORS = [502, 504];

type ApiResponse = { status: number; body: unknown };

async function send({ path, ...request }: ApiRequest, access?: Access): Promise<ApiResponse> {
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
    const isUnreachable =
      response.headers.has(API_UNREACHABLE_HEADER) || GATEWAY_ERRORS.includes(response.status);
    if (isUnreachable || (response.status >= 400 && !isProblem(body) && !path.startsWith('/healthz')))
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
async function sendSignedIn(request: ApiRequest): Promise<ApiResponse> {
  if (isStale(tokens.access)) await tokens.renew();
  const used = tokens.access;
  const answer = await send(request, used);
  if (!isProblem(answer.body) || answer.body.code !== 'not_signed_in') return answer;
  if (tokens.access === used) await tokens.renew();
  return tokens.access ? send(request, tokens.access) : answer;
}

const caller =
  (name: keyof ApiClient) =>
  async (input: object = {}, options: { idempotencyKey?: string } = {}) => {
    const shape = ROUTES[name];
    const request = requestOf(shape, { ...input }, options.idempotencyKey);
    const { status, body } = await (shape.caller === 'account' ? sendSignedIn(request) : send(request));
    if (status >= 400 && isProblem(body) && 'title' in body) throw new ProblemError(body);
    return body;
  };

/** One method per operation, with the operation's name. Rejects with `ProblemError` or `UnreachableError`. */
export const api = Object.fromEntries(
  (Object.keys(ROUTES) as (keyof ApiClient)[]).map((name) => [name, caller(name)]),
) as unknown as ApiClient;
