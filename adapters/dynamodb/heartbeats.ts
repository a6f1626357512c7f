import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Heartbeat, Heartbeats } from '#core/chain/heartbeat.ts';
import { entityOf } from './items.ts';
import { HEARTBEAT_KEY } from './keys.ts';

const NUMBERS = ['at', 'nodeSeenAt', 'walletSeenAt', 'height', 'walletInterfaceVersion'] as const;

/** The watcher's last heartbeat, for functions that cannot ask node and wallet. */
export function dynamoHeartbeats(client: DynamoDBDocumentClient, TableName: string): Heartbeats {
  return {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName, Key: HEARTBEAT_KEY }));
      return Item && entityOf<Heartbeat>(Item, NUMBERS);
    },
    async write(heartbeat) {
      await client.send(new PutCommand({ TableName, Item: { ...HEARTBEAT_KEY, ...heartbeat } }));
    },
  };
}
