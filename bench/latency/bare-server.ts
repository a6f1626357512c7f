import { createServer } from 'node:http';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { awsClient } from '#adapters/aws/client.ts';
import type { Plan } from './plan.ts';
import { replay } from './replay.ts';

// The baseline: a server that only replays the database requests of each operation, and answers with as many bytes.
// Plans arrive over the IPC channel, and the server ends when the channel closes.
const client = awsClient(DynamoDBClient, {});
const plans = new Map<string, Plan>();

const server = createServer((request, response) => {
  request.resume().on('end', () => {
    const plan = plans.get(decodeURIComponent((request.url ?? '').slice(1)));
    if (!plan) return response.writeHead(404).end();
    replay(client, plan.groups).then(
      () => response.writeHead(200, { 'content-type': 'application/json' }).end(plan.body),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
});

process.on('message', (plan: Plan) => {
  plans.set(plan.label, plan);
  process.send?.({ has: plan.label });
});
process.on('disconnect', () => process.exit(0));
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.({ port: typeof address === 'object' ? address?.port : 0 });
});
