import { dynamoConnections } from '#adapters/dynamodb/connections.ts';
import { randomSecrets } from '#adapters/secrets/random-secrets.ts';
import { connect } from '#core/live/connect.ts';
import { disconnect } from '#core/live/disconnect.ts';
import { client, clock } from '../composition.ts';
import { readConfig } from '../config.ts';
import { webSocketHandler } from './web-socket.ts';

const config = await readConfig(['LIVE_TABLE', 'SITE_ORIGIN']);
const connections = dynamoConnections(client, config.LIVE_TABLE);
const ports = { connections, secrets: randomSecrets, clock };

export const handler = webSocketHandler(
  { connect: connect(ports), disconnect: disconnect(ports) },
  config.SITE_ORIGIN,
);
