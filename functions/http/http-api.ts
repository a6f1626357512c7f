import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import * as z from 'zod';
import { html, type Operation, successOf } from '#contract/operation.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import { isRefusal } from '#core/refusal.ts';
import type { Authenticate } from './authenticate.ts';
import type { ClientAddress } from './client-address.ts';
import type { CursorScope, Cursors } from './cursor.ts';
import { answeredBefore, intentOf } from './idempotency.ts';
import { Refused, refusedBy } from './refused.ts';
import { cookiesOf } from './request.ts';
import { type Call, Reply, type Route } from './route.ts';
import {
  authentication,
  bodyForm,
  findRoute,
  type HttpContext,
  parsing,
  problems,
  requestLine,
  type UnknownRoute,
} from './stack.ts';

/** The parts that every HTTP function needs. */
export type Door = { authenticate: Authenticate; cursors: Cursors; clientAddress: ClientAddress };

const DEFAULT_LIMIT = 20;

/**
 * The handler of one domain behind the HTTP API. The layers are the order of checks that the API promises: form of
 * the body (413, 415), who calls (401), parsing (400); then replay of an idempotency key, then the use case.
 */
export function httpApi(
  routes: readonly Route[],
  door: Door,
  unknown: UnknownRoute = () => new Refused('not_found'),
) {
  const byRouteKey = new Map(routes.map((route) => [route.operation.route as string, route]));
  return middy<APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Error, HttpContext>()
    .use(requestLine())
    .use(problems())
    .use(findRoute(byRouteKey, unknown))
    .use(bodyForm())
    .use(authentication(door.authenticate))
    .use(parsing())
    .handler((event, context) => answer(event, context, door));
}

function answer(event: APIGatewayProxyEventV2, context: HttpContext, door: Door) {
  const { route, caller, parsed } = context;
  const call: Call = {
    cookies: cookiesOf(event),
    ...(event.headers.origin !== undefined && { origin: event.headers.origin }),
    clientAddress: door.clientAddress(event),
    ...(parsed.idempotencyKey && { idempotencyKey: parsed.idempotencyKey }),
  };
  const { operation } = route;
  const scope: CursorScope = {
    operation: operation.name,
    ...(caller && { accountId: caller.accountId }),
    filters: filtersOf(parsed.query),
  };
  const input = operation.paged ? paged(parsed.input, parsed.query, scope, door.cursors) : parsed.input;
  const run = async (remember?: unknown) => {
    const result = await route.run(input as never, caller as never, call, remember as never);
    if (isRefusal(result)) throw refusedBy(result);
    return result instanceof Reply ? result : new Reply(result, {});
  };
  if (!operation.keyed) return run().then((done) => respond(operation, done, scope, door.cursors));
  return keyed(context, run);
}

/**
 * Answers a known idempotency key with its stored answer. It looks again after a refusal: of two requests with one key
 * at once, the slower one may be refused because of the faster one, and must get its answer.
 */
async function keyed(
  { route, caller, parsed }: HttpContext,
  run: (remember: unknown) => Promise<Reply<unknown>>,
) {
  const { operation, rows } = route;
  const intent = intentOf(caller!, operation.name, parsed.idempotencyKey!, parsed.body);
  const { status } = successOf(operation);
  const replay = async () => {
    const row = await answeredBefore(rows!, intent);
    return row && { statusCode: row.status, headers: JSON_TYPE, body: row.body };
  };
  const before = await replay();
  if (before) return before;
  const encoded = (result: unknown) => JSON.stringify(encode(operation, result));
  try {
    const { result } = await run((output: unknown) => ({ ...intent, status, body: encoded(output) }));
    return { statusCode: status, headers: JSON_TYPE, body: encoded(result) };
  } catch (error) {
    const meanwhile = await replay();
    if (meanwhile) return meanwhile;
    throw error;
  }
}

const JSON_TYPE = { 'content-type': 'application/json' };
/** Our pages have no scripts and load nothing. */
const HTML_TYPE = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
};

const filtersOf = ({ limit: _limit, cursor: _cursor, ...filters }: Record<string, unknown>) => filters;

function paged(
  input: Record<string, unknown>,
  query: Record<string, unknown>,
  scope: CursorScope,
  cursors: Cursors,
) {
  const page: PageRequest = { limit: (query.limit as number | undefined) ?? DEFAULT_LIMIT };
  if (typeof query.cursor === 'string') page.after = cursors.open(scope, query.cursor);
  return { ...filtersOf(input), page };
}

/** The wire form of a result. A result that does not fit the contract is a fault, and becomes a 500. */
const encode = (operation: Operation, result: unknown) => z.encode(successOf(operation).schema!, result);

function respond(operation: Operation, reply: Reply<unknown>, scope: CursorScope, cursors: Cursors) {
  const { status, schema } = successOf(operation);
  const statusCode = reply.more.status ?? status;
  const cookies = reply.more.cookies ? { cookies: reply.more.cookies } : {};
  if (!schema) return { statusCode, ...cookies };
  if (schema === html) return { statusCode, headers: HTML_TYPE, body: reply.result as string };
  const { items, next } = reply.result as Page<unknown>;
  const body = operation.paged
    ? { items, ...(next && { nextCursor: cursors.seal(scope, next) }) }
    : reply.result;
  return { statusCode, headers: JSON_TYPE, body: JSON.stringify(encode(operation, body)), ...cookies };
}
