import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda';

type Handler = (event: unknown, context: Context) => Promise<unknown>;
type Http = (event: APIGatewayProxyEventV2, context: Context) => Promise<APIGatewayProxyStructuredResultV2>;

const functions = join(import.meta.dirname, '..', '..', 'functions');
const MODULES = {
  payWithdrawals: '#functions/withdrawals/pay.ts',
  followWithdrawals: '#functions/withdrawals/follow.ts',
  watchDeposits: '#functions/deposits/watch.ts',
  expireTrades: '#functions/trades/expire.ts',
} as const;

/** A function that no person calls. */
export type Background = keyof typeof MODULES;

let calls = 0;
/** What a handler reads of its context. */
const context = () => ({ awsRequestId: `bench-${++calls}` }) as Context;

/** The functions as Lambda would load them, in this process. The environment must be set before. */
export async function openDoors() {
  const routes = new Map<string, Http>();
  for (const folder of readdirSync(functions)) {
    const routed = routesIn(folder);
    if (routed.length === 0) continue;
    const { handler } = (await import(`#functions/${folder}/handler.ts`)) as { handler: Http };
    for (const route of routed) routes.set(route, handler);
  }
  return {
    /** Answers an event of the gateway. */
    http: (event: APIGatewayProxyEventV2) => {
      const handler = routes.get(event.routeKey);
      if (!handler) throw new Error(`No function is routed ${event.routeKey}.`);
      return handler(event, context());
    },
    /** Runs a function as its schedule, or its queue, would. */
    background: async (name: Background, event: unknown = {}) => {
      const { handler } = (await import(MODULES[name])) as { handler: Handler };
      return handler(event, context());
    },
  };
}

export type Doors = Awaited<ReturnType<typeof openDoors>>;

/** The routes of a function folder, as its functions.yml declares them to the gateway. */
function routesIn(folder: string): string[] {
  try {
    const text = readFileSync(join(functions, folder, 'functions.yml'), 'utf8');
    return [...text.matchAll(/httpApi: ([A-Z]+ \S+)/g)].map(([, route]) => route!);
  } catch {
    return [];
  }
}
