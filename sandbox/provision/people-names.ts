import { type DynamoDBClient, paginateScan, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { nameKeys } from '#adapters/dynamodb/indexes.ts';
import { personKey } from '#adapters/dynamodb/keys.ts';
import type { AccountId } from '#core/ids.ts';

/**
 * Adds the keys of the index by-name and the time of registration to the public rows of older accounts. It runs before
 * the index is created, so the next start repeats an interrupted run.
 */
export async function fillNames(client: DynamoDBClient, people: string): Promise<void> {
  const pages = paginateScan(
    { client },
    {
      TableName: people.replace(/people$/, 'accounts'),
      FilterExpression:
        'attribute_exists(createdAt) AND attribute_exists(username) AND attribute_not_exists(deletedAt)',
      ProjectionExpression: 'id, username, createdAt',
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { id, username, createdAt } of Items) {
      const { pk, sk } = personKey(id!.S as AccountId);
      const { namePk, nameSk } = nameKeys(username!.S!);
      const update = new UpdateItemCommand({
        TableName: people,
        Key: { pk: { S: pk }, sk: { S: sk } },
        UpdateExpression: 'SET username = :name, namePk = :pk, nameSk = :sk, since = :since',
        ExpressionAttributeValues: {
          ':name': username!,
          ':pk': { S: namePk },
          ':sk': { S: nameSk },
          ':since': createdAt!,
        },
      });
      await client.send(update);
    }
  }
}
