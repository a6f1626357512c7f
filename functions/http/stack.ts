import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { PasswordsBusy } from '#core/accounts/ports.ts';
import type { Caller } from '#core/caller.ts';
import { isUnavailable } from '#core/unavailable.ts';
import { log } from '../log.ts';
import type { Authenticate } from './authenticate.ts';
import { commonHeaders, problemResponse, Refused } from './refused.ts';
import { checkBodyForm, type ParsedRequest, parseRequest } from './request.ts';
import type { Route } from './route.ts';

/** The invocation's context with the fields that the layers add for each other and for the handler. */
export type HttpContext = Context & {
  requestId: string;
  startedAtMs: number;
  route: Route;
  caller?: Caller;
  parsed: ParsedRequest;
};
export type Exchange = Request<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, HttpContext>;
type Layer = MiddlewareObj<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, HttpContext>;

/** Outermost layer: gives the request an id, sets it on the answer, and writes the request's log line. */
export const requestLine = (): Layer => {
  const end = ({ event, context, response }: Exchange) => {
    if (!response) return;
    response.headers = { ...response.headers, ...commonHeaders(context.requestId) };
    log.info('request', {
      requestId: context.requestId,
      operation: context.route?.operation.name ?? event.routeKey,
      status: response.statusCode,
      ms: Date.now() - context.startedAtMs,
      ...(context.caller && { accountId: context.caller.accountId }),
    });
  };
  return {
    before: ({ context }) => {
      // Not the gateway's id, because the emulated gateway gives every request the same one.
      context.requestId = context.awsRequestId;
      context.startedAtMs = Date.now();
    },
    after: end,
    onError: end,
  };
};

/** Turns errors into problems, because the gateway would answer for a handler that throws. */
export const problems = (): Layer => ({
  onError: (request) => {
    const { error, context } = request as Exchange;
    if (error instanceof Refused) {
      request.response = problemResponse(error, context.requestId);
      return;
    }
    if (error instanceof PasswordsBusy) {
      const { retryAfterSeconds } = error;
      const busy = new Refused('dependency_unavailable', { retryAfterSeconds });
      request.response = problemResponse(busy, context.requestId);
      return;
    }
    log.error('failed', { requestId: context.requestId, error: error as Error });
    const code = isUnavailable(error) ? 'dependency_unavailable' : 'internal';
    request.response = problemResponse(new Refused(code), context.requestId);
  },
});

/** The answer to a request without an operation. */
export type UnknownRoute = (event: APIGatewayProxyEventV2) => Refused;

/** Finds the operation; the gateway has matched the route already. */
export const findRoute = (routes: ReadonlyMap<string, Route>, unknown: UnknownRoute): Layer => ({
  before: ({ event, context }) => {
    const route = routes.get(event.routeKey);
    if (!route) throw unknown(event);
    context.route = route;
  },
});

export const bodyForm = (): Layer => ({
  before: ({ event, context }) => checkBodyForm(event, context.route.operation),
});

export const authentication = (authenticate: Authenticate): Layer => ({
  before: async ({ event, context }) => {
    if (context.route.operation.caller !== 'account') return;
    context.caller = await authenticate(event.headers.authorization);
  },
});

export const parsing = (): Layer => ({
  before: ({ event, context }) => {
    context.parsed = parseRequest(event, context.route.operation);
  },
});
