import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { AccountId } from '#core/ids.ts';
import type { KnownPerson, People } from '#core/people.ts';
import type { Names } from '#core/reputation/ports.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { namesBeginning, PEOPLE_BY_NAME } from './indexes.ts';
import { type Key, keyOf, personKey } from './keys.ts';
import { getMany, queryPrefix } from './query.ts';

/** The public part of accounts. The transaction that ends a trade increments `tradesCompleted` and `disputesLost`. */
export function dynamoPeople(client: DynamoDBDocumentClient, TableName: string): People {
  return {
    async getMany(ids) {
      const idsByKey = new Map(ids.map((id) => [personKey(id).pk, id]));
      const items = await getMany(client, TableName, [...idsByKey.values()].map(personKey), 'eventual');
      return new Map<AccountId, KnownPerson>(
        items.map((item) => [idsByKey.get(item.pk as string)!, toPerson(item)]),
      );
    },
  };
}

/** The account in a key of `personKey`, because a KEYS_ONLY index returns nothing else. */
const accountOfPerson = ({ pk }: Key) => pk.slice(personKey('' as AccountId).pk.length) as AccountId;

/** Accounts by username, whole or its beginning. */
export function dynamoNames(client: DynamoDBDocumentClient, table: string): Names {
  return {
    async named(folded) {
      const range = { table, index: PEOPLE_BY_NAME, partition: namesBeginning(folded), prefix: folded };
      // A name sorts before all longer names that begin with it.
      const [first] = (await queryPrefix(client, { ...range, after: undefined, limit: 1 })).items;
      return first?.nameSk === folded ? accountOfPerson(keyOf(first)) : undefined;
    },
    async beginningWith(folded, { after, limit }) {
      const range = { table, index: PEOPLE_BY_NAME, partition: namesBeginning(folded), prefix: folded };
      const { items, more } = await queryPrefix(client, { ...range, after: after?.name, limit });
      return {
        items: items.map((item) => accountOfPerson(keyOf(item))),
        ...(more !== undefined && { next: { name: more } }),
      };
    },
  };
}

const toPerson = (item: Item): KnownPerson => ({
  username: item.username as string,
  ...(item.displayName !== undefined && { displayName: item.displayName as string }),
  tradesCompleted: Number(item.tradesCompleted ?? 0),
  ...(item.since !== undefined && { since: Number(item.since) as Instant }),
  ...(item.disputesLost !== undefined && { disputesLost: Number(item.disputesLost) }),
});
