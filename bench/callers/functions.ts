import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';
import { declaredFunctions, routesOf, sourceOf } from '#infra/service.ts';

type Handler = (event: unknown, context: Context) => Promise<unknown>;
type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>;

export type FunctionName = keyof typeof declaredFunctions;

let calls = 0;
/** The part of Lambda's context that handlers read. */
const context = () => ({ awsRequestId: `bench-${++calls}` }) as Context;

/** All functions of regtest, loaded in this process as Lambda would load them. The environment must be set before. */
export async function loadFunctions() {
  const routes = new Map<string, HttpHandler>();
  for (const declaration of Object.values(declaredFunctions)) {
    const routed = routesOf(declaration, 'regtest');
    if (routed.length === 0) continue;
    const { handler } = (await import(`#${sourceOf(declaration)}`)) as { handler: HttpHandler };
    for (const route of routed) routes.set(route, handler);
  }
  return {
    /** Passes an event of the gateway to its function. */
    http: (event: APIGatewayProxyEventV2) => {
      const handler = routes.get(event.routeKey);
      if (!handler) throw new Error(`No function is routed ${event.routeKey}.`);
      return handler(event, context());
    },
    /** Runs a function as its schedule or its queue would. */
    background: async (name: FunctionName, event: unknown = {}) => {
      const { handler } = (await import(`#${sourceOf(declaredFunctions[name])}`)) as { handler: Handler };
      return handler(event, context());
    },
  };
}

export type LoadedFunctions = Awaited<ReturnType<typeof loadFunctions>>;
