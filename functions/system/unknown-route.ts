import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { operations } from '#contract/index.ts';
import { methodAndPath } from '#contract/operation.ts';
import { Refused } from '../http/refused.ts';

const ROUTES = operations.map((operation) => {
  const { method, path } = methodAndPath(operation);
  return { method, shape: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`) };
});

/** For requests that reach the gateway's default route: 405 where the path exists with other methods, else 404. */
export function unknownRoute(event: APIGatewayProxyEventV2): Refused {
  const allowed = ROUTES.filter(({ shape }) => shape.test(event.rawPath)).map(({ method }) => method);
  if (!allowed.length) return new Refused('not_found');
  const allow = allowed.join(', ');
  return new Refused('method_not_allowed', { detail: `This path takes ${allow}.` }, { allow });
}
