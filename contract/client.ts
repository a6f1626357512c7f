import type { AnyOperation } from './index.ts';
import type { WireInputOf, WireResultOf } from './operation.ts';
import type { Problem } from './problems.ts';
import { type ApiRequest, type RequestShape, requestOf } from './request.ts';
import { ROUTES } from './routes.ts';

/** One method per operation, under the operation's name. Rejects with `ProblemError`. */
export type ApiClient = {
  [O in AnyOperation as O['name']]: (
    input?: WireInputOf<O>,
    options?: { idempotencyKey?: string },
  ) => Promise<WireResultOf<O>>;
};

/** The API answered with a problem. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail ?? problem.title}`);
    this.problem = problem;
  }
}

export const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' && body !== null && 'code' in body && 'status' in body;

/** Sends a request with the caller's access token. @returns status, parsed body and entity tag */
export type Transport = (
  request: ApiRequest & { operation: RequestShape },
) => Promise<{ status: number; body: unknown; etag?: string }>;

/** The client of the site, the tests, bench and sandbox. It works without zod, because the site must stay small. */
export function apiClient(transport: Transport): ApiClient {
  const call =
    (operation: RequestShape) =>
    async (input: object = {}, options: { idempotencyKey?: string } = {}) => {
      const request = requestOf(operation, { ...input }, options.idempotencyKey);
      const { status, body } = await transport({ operation, ...request });
      // A 503 of getHealth is a success or a problem.
      if (isProblem(body) || !operation.successes.includes(status)) throw new ProblemError(body as Problem);
      return body;
    };
  const methods = Object.entries(ROUTES).map(([name, operation]) => [name, call(operation)]);
  return Object.fromEntries(methods) as ApiClient;
}
