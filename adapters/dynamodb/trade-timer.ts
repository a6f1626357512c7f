import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Instant } from '#core/time.ts';
import type { Outage, Timer } from '#core/trades/outages.ts';
import type { Trades } from '#core/trades/ports.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { TIMER_KEY } from './keys.ts';
import { unlessRefused } from './writes.ts';

/** The state of the timer of trades, in the table of trades. */
export function tradeTimer(
  client: DynamoDBDocumentClient,
  TableName: string,
): Pick<Trades, 'timer' | 'setTimer'> {
  return {
    async timer() {
      // Eventually consistent, because an earlier state only delays an expiry.
      const { Item } = await client.send(new GetCommand({ TableName, Key: TIMER_KEY }));
      return Item && toTimer(Item);
    },
    async setTimer(next, last) {
      // The race it closes: two runs of the timer at once. One of them works.
      const unchanged = last
        ? {
            ConditionExpression: '#at = :at',
            ExpressionAttributeNames: { '#at': 'at' },
            ExpressionAttributeValues: { ':at': last.at },
          }
        : { ConditionExpression: 'attribute_not_exists(pk)' };
      const write = next
        ? () => client.send(new PutCommand({ TableName, Item: { ...TIMER_KEY, ...next }, ...unchanged }))
        : () => client.send(new DeleteCommand({ TableName, Key: TIMER_KEY, ...unchanged }));
      return (await unlessRefused<unknown>(write)) ? undefined : 'changed_since';
    },
  };
}

/** @throws if the item is no timer */
function toTimer(item: Item): Timer {
  const read = readerOf(item);
  const outage = read.optional('outage', (name) => toOutage(read.object(name)));
  return { at: read.integer<Instant>('at'), everyMs: read.integer('everyMs'), ...(outage && { outage }) };
}

function toOutage(item: Item): Outage {
  const read = readerOf(item);
  return {
    from: read.integer<Instant>('from'),
    until: read.integer<Instant>('until'),
    isSettled: read.isMarked('isSettled'),
  };
}
