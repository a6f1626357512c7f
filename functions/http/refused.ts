import { PROBLEMS, type Problem, type ProblemCode } from '#contract/problems.ts';
import type { Refusal } from '#core/refusal.ts';

/** Beside the problem's fields, seconds after which a caller may try again: they go into `Retry-After`. */
type More = Pick<Problem, 'detail' | 'errors' | 'state'> & { retryAfterSeconds?: number };

/** Ends a request with a problem, from wherever in the stack it is found. */
export class Refused extends Error {
  readonly code: ProblemCode;
  readonly more: More;
  readonly headers: Record<string, string>;
  /** @param headers response headers beside those that follow from the code */
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

/** Seconds for `Retry-After` where the wait itself is not known. */
const RETRY_AFTER: Partial<Record<ProblemCode, number>> = {
  too_many_requests: 60,
  dependency_unavailable: 5,
  price_unavailable: 60,
};

/** What every response of ours carries. */
export const commonHeaders = (requestId: string) => ({
  'x-request-id': requestId,
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
});

/** RFC 9457. Nothing of an unexpected error is told but the request's id, by which the log is searched. */
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
