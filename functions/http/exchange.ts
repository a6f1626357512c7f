import type { MiddlewareObj, Request } from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import type { Standing } from '#core/accounts/standing.ts';
import type { Caller } from '#core/caller.ts';
import type { Remembered } from '#core/idempotency.ts';
import type { ReadingCall } from '#core/versions.ts';
import type { ParsedRequest } from './request.ts';
import type { Route } from './use-cases.ts';

/** The use of an idempotency key by one account for one body. */
export type Intent = Pick<Remembered, 'accountId' | 'operation' | 'key' | 'fingerprint'>;

/** The invocation's context with the fields that the layers add for each other and for the handler. */
export type HttpContext = Context & {
  requestId: string;
  /** Of the monotonic clock. */
  startedAtMs: number;
  route: Route;
  caller?: Caller;
  /** The rights of the caller's session. */
  standing?: Standing;
  parsed: ParsedRequest;
  /** The use of a new idempotency key; absent if the operation has none, or if the key was used before. */
  intent?: Intent;
  /** The response to an idempotency key that was used before; absent if it was not. */
  replayed?: HttpResponse;
  /** Present if the operation has `versionedBy`. */
  reading?: ReadingCall;
  /** The entity tag of the answer. */
  etag?: string;
};

/** A request on its way through the layers. `response` is a use case's result until the reply layer encodes it. */
export type Exchange = Request<APIGatewayProxyEventV2, unknown, Error, HttpContext>;

/** One layer of the HTTP API. `before` runs in the order of the layers, `after` and `onError` in the reverse order. */
export type Layer = MiddlewareObj<APIGatewayProxyEventV2, unknown, Error, HttpContext>;

export type HttpResponse = APIGatewayProxyStructuredResultV2;
