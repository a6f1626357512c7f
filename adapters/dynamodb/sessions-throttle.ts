import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Bucket, Buckets, KnownPlaces } from '#core/accounts/ports.ts';
import { asInstant, later } from '#core/time.ts';
import { keyOf, knownPlaceKey, knownPlacesPartition, placeIn, throttleKey } from './keys.ts';
import { ttlSeconds } from './ttl.ts';
import { untilFree } from './writes.ts';

/**
 * Token buckets, each stored as the time at which it will be full again (`fullAt`, epoch milliseconds). A try adds
 * `everyMs` to it, and is refused if the result is more than `burst * everyMs` in the future. (GCRA: ITU-T I.371.)
 */
export function dynamoBuckets(client: DynamoDBDocumentClient, TableName: string): Buckets {
  /** @returns `undefined` if written, else the stored attributes, which failed the condition */
  async function refusedFor(key: string, change: string, condition: string, values: Record<string, number>) {
    const command = new UpdateCommand({
      TableName,
      Key: throttleKey(key),
      UpdateExpression: change,
      ConditionExpression: condition,
      ExpressionAttributeValues: values,
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await untilFree(() => client.send(command));
      return undefined;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return error.Item ?? {};
      throw error;
    }
  }
  return {
    async take([key, { burst, everyMs }]: Bucket, now) {
      const until = ttlSeconds(later(now, burst * everyMs));
      const isNotFull = await refusedFor(
        key,
        'SET fullAt = :next, expiresAtSeconds = :until',
        'attribute_not_exists(fullAt) OR fullAt <= :now',
        { ':now': now, ':next': later(now, everyMs), ':until': until },
      );
      if (!isNotFull) return 0;
      const most = later(now, (burst - 1) * everyMs);
      const isEmpty = await refusedFor(
        key,
        'SET fullAt = fullAt + :one, expiresAtSeconds = :until',
        // No `fullAt > :now` here, because the bucket may be full by now: a token may be given back between the two
        // writes.
        'fullAt <= :most',
        { ':one': everyMs, ':most': most, ':until': until },
      );
      if (!isEmpty) return 0;
      // At least 1 ms, because this try stays refused even if a token was given back since.
      return Math.max(1, Number(isEmpty.fullAt?.N ?? most + everyMs) - most);
    },
    async giveBack([key, { everyMs }]) {
      await refusedFor(key, 'SET fullAt = fullAt - :one', 'attribute_exists(fullAt)', { ':one': everyMs });
    },
  };
}

/** Addresses and devices that an account has signed in from, for as long as they are remembered. */
export function dynamoKnownPlaces(client: DynamoDBDocumentClient, TableName: string): KnownPlaces {
  return {
    async has(place, now) {
      const { Item } = await client.send(new GetCommand({ TableName, Key: knownPlaceKey(place) }));
      return Item !== undefined && asInstant(Number(Item.until)) > now;
    },
    async add(place, until) {
      const Item = { ...knownPlaceKey(place), until, expiresAtSeconds: ttlSeconds(until) };
      await client.send(new PutCommand({ TableName, Item }));
    },
    async ofName(nameDigest, { after, limit }) {
      const command = new QueryCommand({
        TableName,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': knownPlacesPartition(nameDigest) },
        ConsistentRead: true,
        Limit: limit,
        ...(after && { ExclusiveStartKey: knownPlaceKey(after.after!) }),
      });
      const { Items = [], LastEvaluatedKey } = await client.send(command);
      const items = Items.map((item) => ({
        key: placeIn(keyOf(item)),
        until: asInstant(Number(item.until)),
      }));
      return { items, ...(LastEvaluatedKey && { next: { after: placeIn(keyOf(LastEvaluatedKey)) } }) };
    },
    async remove(place) {
      await client.send(new DeleteCommand({ TableName, Key: knownPlaceKey(place) }));
    },
  };
}
