import { dynamoHeartbeats } from '#adapters/dynamodb/heartbeats.ts';
import { queuePing } from '#adapters/sqs/ping.ts';
import { openApi } from '#contract/openapi.ts';
import * as contract from '#contract/system.ts';
import { getHealth } from '#core/system/health.ts';
import { client, clock, DOOR, door } from '../composition.ts';
import { readConfig } from '../config.ts';
import { version } from '../health.ts';
import { httpApi } from '../http/http-api.ts';
import { Reply, route } from '../http/route.ts';
import { docsPage } from './docs-page.ts';
import { unknownRoute } from './unknown-route.ts';

const config = await readConfig([...DOOR, 'PAYMENTS_TABLE', 'PAYOUT_QUEUE_URL', 'MONERO_NETWORK']);
const heartbeats = dynamoHeartbeats(client, config.PAYMENTS_TABLE);
const health = getHealth({
  readHeartbeat: heartbeats.read,
  pingQueue: queuePing(config.PAYOUT_QUEUE_URL),
  clock,
  version,
  network: config.MONERO_NETWORK,
});
const document = openApi(version);
const docs = docsPage(document);

export const handler = httpApi(
  [
    route(contract.getHealth, async () => {
      const result = await health();
      return result.status === 'down' ? new Reply(result, { status: 503 }) : result;
    }),
    route(contract.getOpenApi, async () => document as { openapi: string }),
    route(contract.getDocs, async () => docs),
  ],
  door(config),
  unknownRoute,
);
