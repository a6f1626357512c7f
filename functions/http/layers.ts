import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { monotonicMs } from '#adapters/system/clock.ts';
import { type Buckets, PasswordsBusy } from '#core/accounts/ports.ts';
import { effectiveRole, includes, isSuspended } from '#core/accounts/standing.ts';
import { takeToken } from '#core/accounts/throttle.ts';
import type { Clock } from '#core/time.ts';
import { isUnavailable } from '#core/unavailable.ts';
import { log } from '../log.ts';
import type { Authenticate } from './authenticate.ts';
import type { Exchange, HttpResponse, Layer } from './exchange.ts';
import { commonHeaders, problemResponse, Refused, refusedBy } from './refused.ts';
import { checkBodyForm, parseRequest } from './request.ts';
import type { Route } from './use-cases.ts';

/** Outermost layer: gives the request an id, sets it on the answer, and writes the request's log line. */
export const requestLine = (): Layer => {
  const end = ({ event, context, response: encoded }: Exchange) => {
    const response = encoded as HttpResponse | undefined;
    if (!response) return;
    response.headers = { ...response.headers, ...commonHeaders(context.requestId) };
    log.info('request', {
      requestId: context.requestId,
      operation: context.route?.operation.name ?? event.routeKey,
      status: response.statusCode,
      ms: Math.round(monotonicMs() - context.startedAtMs),
      ...(context.caller && { accountId: context.caller.accountId }),
    });
  };
  return {
    before: ({ context }) => {
      // Not the gateway's id, because the emulated gateway gives every request the same one.
      context.requestId = context.awsRequestId;
      context.startedAtMs = monotonicMs();
    },
    after: end,
    onError: end,
  };
};

/** Turns errors into problems, because the gateway would answer for a handler that throws. */
export const problems = (): Layer => ({
  onError: (request) => {
    const { error, context, response } = request;
    // The replay layer has found the answer meanwhile.
    if (response) return;
    request.response = problemResponse(problemOf(error, context.requestId), context.requestId);
  },
});

/** The problem of an error. Unexpected errors are logged, because their problem does not describe them. */
function problemOf(error: unknown, requestId: string): Refused {
  if (error instanceof Refused) return error;
  if (error instanceof PasswordsBusy)
    return new Refused('dependency_unavailable', { retryAfterSeconds: error.retryAfterSeconds });
  log.error('failed', { requestId, error: error as Error });
  return new Refused(isUnavailable(error) ? 'dependency_unavailable' : 'internal');
}

/** The problem of a request that no operation takes. */
export type UnknownRoute = (event: APIGatewayProxyEventV2) => Refused;

/** Finds the operation by the route that the gateway has matched. */
export const findRoute = (routes: ReadonlyMap<string, Route>, unknown: UnknownRoute): Layer => ({
  before: ({ event, context }) => {
    const route = routes.get(event.routeKey);
    if (!route) throw unknown(event);
    context.route = route;
  },
});

/** Checks size and type of the body (413, 415). */
export const bodyForm = (): Layer => ({
  before: ({ event, context }) => checkBodyForm(event, context.route.operation),
});

/** Finds the caller of an operation that needs one (401). */
export const authentication = (authenticate: Authenticate): Layer => ({
  before: async ({ event, context }) => {
    if (context.route.operation.caller !== 'account') return;
    Object.assign(context, await authenticate(event.headers.authorization));
  },
});

/** Checks that the caller may use the operation: its role, and that it is not suspended (403). */
export const authorisation = (clock: Clock): Layer => ({
  before: ({ context: { route, standing, replayed } }) => {
    const { role, refusedIfSuspended } = route.operation;
    if (!standing || replayed) return;
    const now = clock.now();
    if (role && !includes(effectiveRole(standing, now), role)) throw new Refused('not_allowed');
    if (refusedIfSuspended && isSuspended(standing, now)) throw new Refused('suspended');
  },
});

/** Counts the requests of an account for an operation that has a rate (429). A replay does not count. */
export const rates = (buckets: Buckets | undefined, clock: Clock): Layer => ({
  before: async ({ context: { route, caller, replayed } }) => {
    const { name, rate } = route.operation;
    if (!rate || !caller || replayed) return;
    if (!buckets) throw new Error(`${name} has a rate, but its function has nowhere to count`);
    const tooMany = await takeToken(buckets, clock, [`${name}#${caller.accountId}`, rate]);
    if (tooMany) throw refusedBy(tooMany);
  },
});

/** Parses path, query, body and idempotency key (400). */
export const parsing = (): Layer => ({
  before: ({ event, context }) => {
    context.parsed = parseRequest(event, context.route.operation);
  },
});
