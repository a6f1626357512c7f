import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Bucket, Buckets, KnownPlaces } from '#core/accounts/throttle.ts';
import { asInstant, later } from '#core/time.ts';
import { fadesAfter } from './fading.ts';
import { knownPlaceKey, throttleKey } from './keys.ts';
import { unlessRefused } from './writes.ts';

/**
 * Token buckets as one number each: the time at which the bucket will be full again (`fullAt`, ms). A try moves it on
 * by `everyMs`, and is refused where that would be more than a whole bucket away. (GCRA: ITU-T I.371.)
 */
export function dynamoBuckets(client: DynamoDBDocumentClient, TableName: string): Buckets {
  const write = (key: string, change: string, condition: string, values: Record<string, number>) => {
    const command = new UpdateCommand({
      TableName,
      Key: throttleKey(key),
      UpdateExpression: change,
      ConditionExpression: condition,
      ExpressionAttributeValues: values,
    });
    return unlessRefused(() => client.send(command));
  };
  return {
    async take([key, { burst, everyMs }]: Bucket, now) {
      const until = fadesAfter(later(now, burst * everyMs));
      const full = await write(
        key,
        'SET fullAt = :next, expiresAtSeconds = :until',
        'attribute_not_exists(fullAt) OR fullAt <= :now',
        { ':now': now, ':next': later(now, everyMs), ':until': until },
      );
      const taken =
        full ??
        (await write(
          key,
          'SET fullAt = fullAt + :one, expiresAtSeconds = :until',
          // Not `fullAt > :now` as well: what is given back between the two writes must not look like a full bucket.
          'fullAt <= :most',
          { ':one': everyMs, ':most': later(now, (burst - 1) * everyMs), ':until': until },
        ));
      return taken !== undefined;
    },
    async giveBack([key, { everyMs }]) {
      const values = { ':one': everyMs };
      await write(key, 'SET fullAt = fullAt - :one', 'attribute_exists(fullAt)', values);
    },
  };
}

/** Places that an account has signed in from, for as long as they are remembered. */
export function dynamoKnownPlaces(client: DynamoDBDocumentClient, TableName: string): KnownPlaces {
  return {
    async has(place, now) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: knownPlaceKey(place) }));
      return Item !== undefined && asInstant(Number(Item.until)) > now;
    },
    async add(place, until) {
      const Item = { ...knownPlaceKey(place), until, expiresAtSeconds: fadesAfter(until) };
      await client.send(new PutCommand({ TableName, Item }));
    },
  };
}
