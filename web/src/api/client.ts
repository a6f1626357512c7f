import { apiClient, isProblem } from '#contract/client.ts';
import { withKnownAnswers } from '#contract/known-answers.ts';
import { API_UNREACHABLE_HEADER } from '#contract/problems.ts';
import type { ApiRequest, RequestShape } from '#contract/request.ts';
import { noteServerTime, serverNowMs } from './clock.ts';
import { connection } from './connection.svelte.ts';
import { UnreachableError } from './problem.ts';

type Access = { accessToken: string; accessTokenExpiresAt: string };

/** The access token stays in the memory of this page. The session sets `renew`. */
export const tokens: { access: Access | undefined; renew: () => Promise<void> } = {
  access: undefined,
  renew: async () => {},
};

const TIMEOUT_MS = 30_000;
const EXPIRY_MARGIN_MS = 5_000;
/** CloudFront and other proxies answer with these when they cannot reach the API. */
const GATEWAY_ERRORS = [502, 504];
const NOT_MODIFIED = 304;

type SiteRequest = ApiRequest & { operation: RequestShape };
type ApiResponse = { status: number; body: unknown; etag?: string };

async function send({ operation, path, ...request }: SiteRequest, access?: Access): Promise<ApiResponse> {
  const headers = { ...request.headers };
  if (access) headers.authorization = `Bearer ${access.accessToken}`;
  try {
    const response = await fetch(`/api${path}`, {
      ...request,
      headers,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const { status } = response;
    noteServerTime(response.headers.get('date'));
    const text = await response.text();
    const body: unknown = text === '' ? undefined : JSON.parse(text);
    const etag = response.headers.get('etag');
    const isUnreachable = response.headers.has(API_UNREACHABLE_HEADER) || GATEWAY_ERRORS.includes(status);
    const isSuccess = status === NOT_MODIFIED || operation.successes.includes(status);
    if (isUnreachable || (!isSuccess && !isProblem(body))) throw new Error('not an answer of the API');
    connection.answered();
    return { status, body, ...(etag !== null && { etag }) };
  } catch (cause) {
    connection.lost();
    throw new UnreachableError('the API did not answer', { cause });
  }
}

const isStale = (access: Access | undefined) =>
  !access || Date.parse(access.accessTokenExpiresAt) - serverNowMs() < EXPIRY_MARGIN_MS;

/** Sends with the access token. An expired one is renewed first, and a refused one once after the answer. */
async function sendSignedIn(request: SiteRequest): Promise<ApiResponse> {
  if (isStale(tokens.access)) await tokens.renew();
  const used = tokens.access;
  const answer = await send(request, used);
  if (!isProblem(answer.body) || answer.body.code !== 'not_signed_in') return answer;
  if (tokens.access === used) await tokens.renew();
  return tokens.access ? send(request, tokens.access) : answer;
}

/** The typed client of the contract. Rejects with `ProblemError` or `UnreachableError`. */
export const api = apiClient(
  withKnownAnswers((request) =>
    request.operation.caller === 'account' ? sendSignedIn(request) : send(request),
  ),
);
