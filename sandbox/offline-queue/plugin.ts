import { guardPorts, guardsIn } from '../guard/guarded.ts';
import { requestsAsTheyCame } from './as-it-came.ts';
import { gatewayOf } from './gateway.ts';
import { withoutTsx } from './native-types.ts';
import { pollQueue } from './poll.ts';

type QueueEvent = { arn: { 'Fn::GetAtt'?: [string, string] } | string; batchSize?: number };
type Functions = Record<string, { events?: { sqs?: QueueEvent }[] }>;
type Serverless = {
  service: {
    provider: { stage: string };
    functions: Functions;
    resources: { Resources: Record<string, Resource> };
  };
};
type Resource = { Properties: { QueueName: string } };

/**
 * Serverless plugin: while `sls offline` runs, delivers the messages of each declared queue to its function, like
 * Lambda's event source mapping. The published plugins use a retired SDK and know no partial batch responses.
 */
export default class OfflineQueue {
  readonly hooks: Record<string, () => void>;
  readonly #serverless: Serverless;
  readonly #stopping = new AbortController();

  constructor(serverless: Serverless) {
    this.#serverless = serverless;
    withoutTsx();
    this.hooks = {
      // Not the hook start:ready, because the gateway's own hook there resolves only at the end.
      'after:offline:start:init': () => this.#start(),
      'before:offline:start:init': () => {
        const port = Number(process.env.PUPERO_API_PORT);
        requestsAsTheyCame(port);
        // Must follow the line above, because the guard then comes first and sees the unchanged request.
        guardPorts(guardsIn(process.env));
        gatewayOf({ port, listen: process.env.PUPERO_LISTEN || '127.0.0.1' });
      },
      'before:offline:start:end': () => this.#stopping.abort(),
    };
  }

  #start() {
    const { functions, resources, provider } = this.#serverless.service;
    const lambdaUrl = process.env.PUPERO_LAMBDA_URL ?? 'http://127.0.0.1:3002';
    const lambda = { lambdaUrl, stage: provider.stage };
    for (const [functionName, { events = [] }] of Object.entries(functions)) {
      for (const { sqs } of events) {
        if (!sqs) continue;
        const queueName = resources.Resources[logicalId(sqs)]?.Properties.QueueName;
        if (!queueName) throw new Error(`${functionName}: its queue is not among the resources`);
        void pollQueue(
          { lambda, functionName, queueName, batchSize: sqs.batchSize ?? 1 },
          this.#stopping.signal,
        );
      }
    }
  }
}

function logicalId({ arn }: QueueEvent): string {
  return typeof arn === 'string' ? arn : (arn['Fn::GetAtt']?.[0] ?? '');
}
