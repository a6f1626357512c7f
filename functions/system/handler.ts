import { dynamoHalts } from '#adapters/dynamodb/halts.ts';
import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { queuePing } from '#adapters/sqs/ping.ts';
import { jwksOf } from '#adapters/tokens/access-tokens.ts';
import { operationsOn } from '#contract/index.ts';
import { openApi } from '#contract/openapi.ts';
import * as contract from '#contract/system.ts';
import { getHealth } from '#core/system/get-health.ts';
import { client, clock, HTTP_SETTINGS, httpDependencies, rereadKey } from '../composition.ts';
import { readConfig } from '../config.ts';
import { version } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { Reply } from '../http/use-cases.ts';
import { docsPage } from './docs-page.ts';
import { unknownRoute } from './unknown-route.ts';

const config = await readConfig([
  ...HTTP_SETTINGS,
  'PAYMENTS_TABLE',
  'HALTS_TABLE',
  'PAYOUT_QUEUE_URL',
  'MONERO_NETWORK',
]);
const heartbeats = dynamoHeartbeats(client, config.PAYMENTS_TABLE);
const health = getHealth({
  readHeartbeat: heartbeats.read,
  halts: dynamoHalts(client, config.HALTS_TABLE),
  pingQueue: queuePing(config.PAYOUT_QUEUE_URL),
  clock,
  version,
  network: config.MONERO_NETWORK,
});
const publicKeys = rereadKey(config, 'ACCESS_TOKEN_PUBLIC_KEY');
const operations = operationsOn(config.MONERO_NETWORK);
const document = openApi(version, operations);
const docs = docsPage(document);

export const handler = httpApi(
  contract,
  {
    getHealth: async () => {
      const result = await health();
      return result.status === 'down' ? new Reply(result, { status: 503 }) : result;
    },
    getJwks: async () => jwksOf(await publicKeys.current(), clock.now()),
    getOpenApi: async () => document as { openapi: string },
    getDocs: async () => docs,
  },
  httpDependencies(config),
  unknownRoute(operations),
);
