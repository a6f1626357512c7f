import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { KnownBlock } from '#core/chain/identity.ts';
import type { WatchState, WatchStates } from '#core/deposits/ports.ts';
import { asInstant, type Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { WATCHED_KEY } from './keys.ts';
import { unlessRefused } from './writes.ts';

/** The watcher's state, in one row. */
export function dynamoWatchStates(client: DynamoDBDocumentClient, TableName: string): WatchStates {
  return {
    async read() {
      const found = await client.send(new GetCommand({ TableName, Key: WATCHED_KEY, ConsistentRead: true }));
      return found.Item && stateOf(found.Item);
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

/** @throws if the item is no state of the watcher */
function stateOf(item: Item): WatchState {
  const read = readerOf(item);
  const optionalInteger = (name: string) => read.optional(name, read.integer);
  const top = read.optional('top', read.object);
  const rescanHeight = optionalInteger('rescanHeight');
  return {
    height: read.integer('height'),
    // Rows of the earliest version have a height only.
    anchors: (read.optional('anchors', read.objects) ?? []).map(blockOf),
    historyStart: optionalInteger('historyStart') ?? 0,
    historyHeight: optionalInteger('historyHeight') ?? 0,
    historyAt: read.optional('historyAt', read.integer<Instant>) ?? asInstant(0),
    version: optionalInteger('version') ?? 0,
    ...(top && { top: blockOf(top) }),
    ...(rescanHeight !== undefined && { rescanHeight }),
  };
}

function blockOf(item: Item): KnownBlock {
  const read = readerOf(item);
  return { height: read.integer('height'), hash: read.text('hash') };
}
