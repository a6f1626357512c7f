import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { KnownBlock } from '#core/chain/identity.ts';
import type { WatchState, WatchStates } from '#core/deposits/ports.ts';
import { asInstant } from '#core/time.ts';
import type { Item } from './client.ts';
import { entityOf } from './items.ts';
import { WATCHED_KEY } from './keys.ts';
import { unlessRefused } from './writes.ts';

/** The watcher's state, in one row. */
export function dynamoWatchStates(client: DynamoDBDocumentClient, TableName: string): WatchStates {
  return {
    async read() {
      const found = await client.send(new GetCommand({ TableName, Key: WATCHED_KEY, ConsistentRead: true }));
      return found.Item && fromItem(found.Item);
    },

    async save(state) {
      // The race it closes: two rounds at once. The first one to save wins.
      const command = new PutCommand({
        TableName,
        Item: { ...WATCHED_KEY, ...state },
        ConditionExpression: 'attribute_not_exists(version) OR version = :read',
        ExpressionAttributeValues: { ':read': state.version - 1 },
      });
      return (await unlessRefused(() => client.send(command))) ? undefined : 'changed_since';
    },
  };
}

const NUMBERS = ['height', 'historyStart', 'historyHeight', 'historyAt', 'rescanHeight', 'version'] as const;

/** Defaults for rows of earlier versions, which have a height only. */
const BEFORE = { anchors: [], historyStart: 0, historyHeight: 0, historyAt: asInstant(0), version: 0 };

function fromItem(item: Item): WatchState {
  const { top, anchors = [], ...state } = entityOf<WatchState>(item, NUMBERS);
  const block = ({ height, hash }: KnownBlock) => ({ height: Number(height), hash });
  return { ...BEFORE, ...state, ...(top && { top: block(top) }), anchors: anchors.map(block) };
}
