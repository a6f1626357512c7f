import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { methodAndPath, type Operation } from '#contract/operation.ts';
import { Refused } from '../http/refused.ts';

/**
 * The problem of a request on the gateway's default route: 405 where the path exists with other methods, else 404.
 *
 * @param operations all operations that exist on this network
 */
export function unknownRoute(operations: readonly Operation[]) {
  const routes = operations.map((operation) => {
    const { method, path } = methodAndPath(operation);
    return { method, shape: new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{\w+\}/g, '[^/]+')}$`) };
  });
  return ({ rawPath }: APIGatewayProxyEventV2): Refused => {
    const allowed = routes.filter(({ shape }) => shape.test(rawPath)).map(({ method }) => method);
    if (!allowed.length) return new Refused('not_found');
    const allow = allowed.join(', ');
    return new Refused('method_not_allowed', { detail: `This path takes ${allow}.` }, { allow });
  };
}
