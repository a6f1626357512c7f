import * as z from 'zod';
import { dynamoConnections, dynamoMarketHints } from '#adapters/dynamodb/connections.ts';
import { connectionsApi } from '#adapters/live/connections-api.ts';
import type { AccountId } from '#core/ids.ts';
import { HINT_TYPES } from '#core/live/kinds.ts';
import { sendHints } from '#core/live/send-hints.ts';
import { client, clock } from '../composition.ts';
import { readConfig } from '../config.ts';
import { hintQueue } from '../hint-queue.ts';
import { log } from '../log.ts';
import { queueConsumer } from '../queue/queue-consumer.ts';

const config = await readConfig(['LIVE_TABLE', 'LIVE_QUEUE_URL', 'LIVE_CONNECTIONS_URL']);

const Hint = z.strictObject({
  type: z.enum(HINT_TYPES),
  id: z.string(),
  version: z.int().exactOptional(),
});
const Message = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('market') }),
  z.strictObject({
    kind: z.literal('accounts'),
    hints: z.array(z.strictObject({ accountId: z.string().transform((id) => id as AccountId), hint: Hint })),
  }),
]);

export const handler = queueConsumer(
  'sendHints',
  Message,
  sendHints({
    connections: dynamoConnections(client, config.LIVE_TABLE),
    marketHints: dynamoMarketHints(client, config.LIVE_TABLE),
    sender: connectionsApi({ url: config.LIVE_CONNECTIONS_URL, sdk: client.config }),
    hints: hintQueue(config),
    clock,
    log,
  }),
);
