import { join } from 'node:path';
import { SQSClient } from '@aws-sdk/client-sqs';
import { awsClient } from '#adapters/aws/client.ts';
import {
  addressesOf,
  awsClientSettings,
  endpointsOf,
  engineUnusable,
  logFileOf,
  type SandboxContext,
} from '../context.ts';
import { guardsVariables } from '../guard/guarded.ts';
import type { ProgramsGuard } from '../guard/guards.ts';
import { keyed } from '../guard/keys.ts';
import type { ChildSpec } from '../processes/child.ts';
import { answers } from '../processes/http.ts';
import { provisionBucket, provisionQueues } from '../provision/provision.ts';
import { picturesBucket } from './functions-environment.ts';

/** The address of each queue by its logical name, such as `PayoutQueue`. */
export type QueueUrls = Record<string, string>;

/** Starts the queue engine and creates the queues of infra/. */
export async function startQueues(context: SandboxContext): Promise<QueueUrls> {
  const { team, own, tcpPorts, guards, folder, stage, say } = context;
  const engine = {
    tcpPort: tcpPorts.queue,
    guard: guards.queue,
    data: folder.file('queue'),
    logFile: logFileOf(context, 'queue'),
  };
  if (!own.queueUrl) await team.start(queueEngine(engine));
  const address = addressesOf(context).queueUrl;
  const settings = awsClientSettings(endpointsOf(context).queueUrl);
  const client = awsClient(SQSClient, { ...settings, useQueueUrlAsEndpoint: false });
  const urls = await provisionQueues(client, stage).catch(engineUnusable('The SQS engine', address));
  client.destroy();
  await provisionBucket(endpointsOf(context).queueUrl, picturesBucket(stage));
  say(`queue      ${address}`);
  if (own.queueUrl) return urls;
  // Replaces host and port of a queue's URL, because fauxqs keeps the port of an earlier start, and a host name that
  // not every machine resolves.
  const atAddress = (url: string) => new URL(new URL(url).pathname, address).href;
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, atAddress(url)]));
}

type QueueEngine = { tcpPort: number; guard: ProgramsGuard; data: string; logFile: string };

/** The SQS-compatible engine, which keeps its messages in a separate SQLite file. */
function queueEngine({ tcpPort, guard, data, logFile }: QueueEngine): ChildSpec {
  return {
    name: 'queue',
    command: process.execPath,
    args: ['--max-old-space-size=128', join(import.meta.dirname, 'queue-server.ts')],
    env: {
      ...process.env,
      PUPERO_QUEUE_PORT: String(tcpPort),
      PUPERO_QUEUE_DIR: data,
      ...guardsVariables({ [tcpPort]: guard }),
    },
    logFile,
    isReady: () => answers(`${keyed(`http://127.0.0.1:${tcpPort}`, guard.key)}/health`),
  };
}
