import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Person } from '#core/caller.ts';
import type { AccountId } from '#core/ids.ts';
import type { People } from '#core/people.ts';
import type { Item } from './client.ts';
import { personKey } from './keys.ts';
import { getMany } from './query.ts';

/** The public part of accounts. The transaction that completes a trade increments `tradesCompleted`. */
export function dynamoPeople(client: DynamoDBDocumentClient, TableName: string): People {
  return {
    async getMany(ids) {
      const idsByKey = new Map(ids.map((id) => [personKey(id).pk, id]));
      const items = await getMany(client, TableName, [...idsByKey.values()].map(personKey), 'eventual');
      return new Map<AccountId, Person>(
        items.map((item) => [idsByKey.get(item.pk as string)!, toPerson(item)]),
      );
    },
  };
}

const toPerson = (item: Item): Person => ({
  username: item.username as string,
  ...(item.displayName !== undefined && { displayName: item.displayName as string }),
  tradesCompleted: Number(item.tradesCompleted ?? 0),
});
