import { PROBLEMS, type Problem, type ProblemCode } from '#contract/problems.ts';
import type { Refusal } from '#core/refusal.ts';

/** Fields of the problem, and the seconds for `Retry-After`. */
type More = Pick<Problem, 'detail' | 'errors' | 'state'> & { retryAfterSeconds?: number };

/** Ends a request with a problem, from any layer. */
export class Refused extends Error {
  readonly code: ProblemCode;
  readonly more: More;
  readonly headers: Record<string, string>;
  /** @param headers response headers, in addition to those that follow from the code */
  constructor(code: ProblemCode, more: More = {}, headers: Record<string, string> = {}) {
    super(code);
    this.code = code;
    this.more = more;
    this.headers = headers;
  }
}

/** The challenge of a 401 (RFC 6750, section 3). */
export const BEARER_CHALLENGE = 'Bearer realm="pupero"';

export const refusedBy = ({ refused, detail, errors, state, retryAfterSeconds }: Refusal) =>
  new Refused(refused, {
    ...(detail && { detail }),
    ...(errors && { errors: [...errors] }),
    ...(state && { state }),
    ...(retryAfterSeconds && { retryAfterSeconds }),
  });

/** Seconds for `Retry-After` if the real wait is unknown. */
const RETRY_AFTER: Partial<Record<ProblemCode, number>> = {
  too_many_requests: 60,
  halted: 60,
  dependency_unavailable: 5,
  price_unavailable: 60,
};

/** Headers of every response. */
export const commonHeaders = (requestId: string) => ({
  'x-request-id': requestId,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
});

/**
 * The response of a problem (RFC 9457). Of an unexpected error it reveals only the request's id, which is in the log.
 */
export function problemResponse({ code, more, headers }: Refused, requestId: string) {
  const [status, title] = PROBLEMS[code];
  const { retryAfterSeconds, ...fields } = more;
  const problem: Problem = { type: `urn:pupero:problem:${code}`, title, status, code, requestId, ...fields };
  const retryAfter = retryAfterSeconds ?? RETRY_AFTER[code];
  return {
    statusCode: status,
    headers: {
      'content-type': 'application/problem+json',
      ...(retryAfter && { 'retry-after': String(retryAfter) }),
      ...(status === 401 && { 'www-authenticate': BEARER_CHALLENGE }),
      ...headers,
    },
    body: JSON.stringify(problem),
  };
}
