import { type AnyOperation, operations } from './index.ts';
import { type Operation, shapeOf, type WireInputOf, type WireResultOf } from './operation.ts';
import type { Problem } from './problems.ts';
import { type ApiRequest, requestOf } from './request.ts';

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

/** Sends a request with the caller's access token. @returns status and parsed body */
export type Transport = (
  request: ApiRequest & { operation: Operation },
) => Promise<{ status: number; body: unknown }>;

/** The client for tests, bench and sandbox. The site has its own (web/src/api/client.ts), because this one needs zod. */
export function apiClient(transport: Transport): ApiClient {
  const call =
    (operation: Operation) =>
    async (input: object = {}, options: { idempotencyKey?: string } = {}) => {
      const request = requestOf(shapeOf(operation), { ...input }, options.idempotencyKey);
      const { status, body } = await transport({ operation, ...request });
      if (status >= 400) throw new ProblemError(body as Problem);
      return body;
    };
  const methods = operations.map((operation) => [operation.name, call(operation)]);
  return Object.fromEntries(methods) as ApiClient;
}
