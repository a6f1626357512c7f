import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Heartbeat, Heartbeats } from '#core/chain/heartbeat.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { HEARTBEAT_KEY } from './keys.ts';

/** The watcher's last heartbeat, for functions that cannot ask node and wallet. */
export function dynamoHeartbeats(client: DynamoDBDocumentClient, TableName: string): Heartbeats {
  return {
    async read() {
      const { Item } = await client.send(new GetCommand({ TableName, Key: HEARTBEAT_KEY }));
      try {
        return Item && heartbeatOf(Item);
      } catch {
        // The next round of the watcher replaces the row, so one that cannot be read counts as absent.
        return undefined;
      }
    },
    async write(heartbeat) {
      await client.send(new PutCommand({ TableName, Item: { ...HEARTBEAT_KEY, ...heartbeat } }));
    },
  };
}

const ANSWERS = ['ok', 'down'] as const;

/** @throws if the item is no heartbeat */
function heartbeatOf(item: Item): Heartbeat {
  const read = readerOf(item);
  return {
    at: read.integer<Instant>('at'),
    node: read.oneOf('node', ANSWERS),
    wallet: read.oneOf('wallet', ANSWERS),
    nodeSeenAt: read.optional('nodeSeenAt', read.integer<Instant>),
    walletSeenAt: read.optional('walletSeenAt', read.integer<Instant>),
    height: read.integer('height'),
    houseAddress: read.optional('houseAddress', read.text),
    walletPiconero: read.optional('walletPiconero', read.piconero),
    coinSums: read.optional('coinSums', read.piconeros),
    feePerBytePiconero: read.piconero('feePerBytePiconero'),
    walletInterfaceVersion: read.optional('walletInterfaceVersion', read.integer),
  };
}
