import middy from '@middy/core';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { successOf } from '#contract/operation.ts';
import type { Buckets } from '#core/accounts/ports.ts';
import { effectiveRole } from '#core/accounts/standing.ts';
import type { Remember } from '#core/idempotency.ts';
import { isRefusal } from '#core/refusal.ts';
import type { Clock } from '#core/time.ts';
import { withRequestId } from '../request-id.ts';
import type { Authenticate } from './authenticate.ts';
import type { ClientAddress } from './client-address.ts';
import type { Cursors } from './cursor.ts';
import type { HttpContext } from './exchange.ts';
import {
  authentication,
  authorisation,
  bodyForm,
  findRoute,
  parsing,
  problems,
  rates,
  requestLine,
  type UnknownRoute,
} from './layers.ts';
import { paging } from './paging.ts';
import { Refused, refusedBy } from './refused.ts';
import { replay } from './replay.ts';
import { encodedBody, reply } from './reply.ts';
import { cookiesOf } from './request.ts';
import { type Call, routesOf, type UseCases } from './use-cases.ts';
import { versions } from './versions.ts';

/** The parts that every HTTP function needs. */
export type HttpDependencies = {
  authenticate: Authenticate;
  cursors: Cursors;
  clientAddress: ClientAddress;
  clock: Clock;
  /** Where a function counts the requests of operations that have a rate. */
  buckets?: Buckets;
};

/**
 * The handler of a function behind the HTTP API. The layers are in the order of checks that the API promises: form of
 * the body (413, 415), caller (401), input (400), replay of an idempotency key, rights (403), rate (429), and then
 * the use case.
 *
 * @param contract a contract module, or several merged into one object
 * @param useCases one for every operation of `contract`; without one the call does not compile
 * @param unknown the problem of a request that no operation takes
 */
export function httpApi<Contract extends object>(
  contract: Contract,
  useCases: UseCases<NoInfer<Contract>>,
  { authenticate, cursors, clientAddress, clock, buckets }: HttpDependencies,
  unknown: UnknownRoute = () => new Refused('not_found'),
) {
  const handler = middy<APIGatewayProxyEventV2, unknown, Error, HttpContext>()
    .use(requestLine())
    .use(problems())
    .use(findRoute(routesOf(contract, useCases), unknown))
    .use(bodyForm())
    .use(authentication(authenticate))
    .use(parsing())
    .use(replay())
    .use(authorisation(clock))
    .use(rates(buckets, clock))
    .use(reply())
    .use(versions())
    .use(paging(cursors))
    .handler((event, context) => carryOut(event, context, { clientAddress, clock }));
  return withRequestId(handler);
}

/** Runs the use case, unless the answer is replayed. A refusal is thrown, so that the layers turn it into a problem. */
async function carryOut(
  event: APIGatewayProxyEventV2,
  context: HttpContext,
  { clientAddress, clock }: Pick<HttpDependencies, 'clientAddress' | 'clock'>,
) {
  const { route, caller, standing, parsed, replayed } = context;
  if (replayed) return;
  const call: Call = {
    cookies: cookiesOf(event),
    ...(event.headers.origin !== undefined && { origin: event.headers.origin }),
    ...(event.headers['user-agent'] !== undefined && { userAgent: event.headers['user-agent'] }),
    clientAddress: clientAddress(event),
    role: standing ? effectiveRole(standing, clock.now()) : 'member',
  };
  const result = await route.run(parsed.input, caller, {
    ...call,
    ...context.reading,
    ...keyedCall(context),
  });
  if (isRefusal(result)) throw refusedBy(result);
  return result;
}

/** Lets a keyed use case store its answer in the transaction of its effect. */
function keyedCall({ intent, route }: HttpContext): { remember?: Remember<unknown> } {
  if (!intent) return {};
  const success = successOf(route.operation);
  return {
    remember: (result) => ({ ...intent, status: success.status, body: encodedBody(success, result) }),
  };
}
