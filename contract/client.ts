import { type AnyOperation, operations } from './index.ts';
import { methodAndPath, type Operation, type WireInputOf, type WireResultOf } from './operation.ts';
import type { Problem } from './problems.ts';

/** One method per operation, under the operation's name. Rejects with `ProblemError`. */
export type ApiClient = {
  [O in AnyOperation as O['name']]: (
    input?: WireInputOf<O>,
    options?: { idempotencyKey?: string },
  ) => Promise<WireResultOf<O>>;
};

/** The API said no. */
export class ProblemError extends Error {
  readonly problem: Problem;
  constructor(problem: Problem) {
    super(`${problem.status} ${problem.code}: ${problem.detail ?? problem.title}`);
    this.problem = problem;
  }
}

/** Sends a request and gives back status and parsed body; adds the access token itself. */
export type Transport = (request: {
  operation: Operation;
  method: string;
  /** Path and query, below the API's base. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}) => Promise<{ status: number; body: unknown }>;

/** Puts each part of an input where the operation says it goes. */
function requestOf(operation: Operation, input: Record<string, unknown>, idempotencyKey?: string) {
  const { method, path } = methodAndPath(operation);
  const rest = { ...input };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = rest[name];
    delete rest[name];
    return encodeURIComponent(String(value));
  });
  const headers: Record<string, string> = {};
  if (idempotencyKey) headers['idempotency-key'] = idempotencyKey;
  if (operation.body) {
    headers['content-type'] = 'application/json';
    return { operation, method, path: filled, headers, body: JSON.stringify(rest) };
  }
  const given = Object.entries(rest).filter(([, value]) => value !== undefined && value !== '');
  const query = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return { operation, method, path: query ? `${filled}?${query}` : filled, headers };
}

/** The client that the site and the tests use; how a request travels is the transport's business. */
export function apiClient(transport: Transport): ApiClient {
  const call =
    (operation: Operation) =>
    async (input: object = {}, options: { idempotencyKey?: string } = {}) => {
      const { status, body } = await transport(requestOf(operation, { ...input }, options.idempotencyKey));
      if (status >= 400) throw new ProblemError(body as Problem);
      return body;
    };
  const methods = operations.map((operation) => [operation.name, call(operation)]);
  return Object.fromEntries(methods) as ApiClient;
}
