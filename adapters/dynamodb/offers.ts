import { DeleteCommand, type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Log } from '#core/log.ts';
import type { Offer } from '#core/offers/offers.ts';
import type { OfferFilter, Offers } from '#core/offers/ports.ts';
import type { Page } from '#core/paging.ts';
import type { Item } from './client.ts';
import {
  movedAfter,
  moveMarket,
  OFFERS_BY_AGE,
  OFFERS_BY_MOVE,
  OFFERS_BY_OWNER,
  OFFERS_BY_PRICE,
  OPEN_OFFERS,
  priceRange,
} from './indexes.ts';
import { pageOf } from './items.ts';
import { offerKey } from './keys.ts';
import { type OfferTables, offersToCover, offerWrites } from './offer-covers.ts';
import { offerFromItem } from './offer-items.ts';
import { queryRange, type Range } from './query.ts';

/** Upper bound of offers that a filtered page reads, because its cost must be bounded. The page may be short. */
const FILTERED_READ = 100;

export function dynamoOffers(
  client: DynamoDBDocumentClient,
  tables: OfferTables,
  log: Pick<Log, 'error'>,
): Offers {
  const table = tables.offers;
  const page = async (
    range: Omit<Range, 'table' | 'limit' | 'newestFirst'>,
    limit: number,
  ): Promise<Page<Offer>> => {
    const read = range.filter ? FILTERED_READ : limit;
    const { items, more } = await queryRange(client, { ...range, table, newestFirst: true, limit: read });
    const kept = items.slice(0, limit);
    const last = items.length > limit ? (kept.at(-1)![range.index.sk] as string) : more;
    return { items: pageOf(kept, offerFromItem, log), ...(last !== undefined && { next: { at: last } }) };
  };
  return {
    async get(id) {
      const { Item } = await client.send(
        new GetCommand({ TableName: table, Key: offerKey(id), ConsistentRead: true }),
      );
      return Item && offerFromItem(Item);
    },
    ...offerWrites(client, tables),
    ...offersToCover(client, table),
    async remove(id) {
      await client.send(new DeleteCommand({ TableName: table, Key: offerKey(id) }));
    },
    ofOwner: (ownerId, { after, limit }) =>
      page({ index: OFFERS_BY_OWNER, partition: ownerId, after: after?.at }, limit),
    newest: (filter, { after, limit }) =>
      page(
        { index: OFFERS_BY_AGE, partition: OPEN_OFFERS, after: after?.at, filter: conditions(filter) },
        limit,
      ),
    async byPrice(range, filter, after, limit) {
      const { method, amount } = filter;
      const only = conditions({ ...(method && { method }), ...(amount && { amount }) });
      const { items, more } = await queryRange(client, {
        table,
        index: OFFERS_BY_PRICE,
        partition: priceRange(range),
        after,
        // The best for a taker first: the highest price of buy offers, the lowest of sell offers.
        newestFirst: range.side === 'buy',
        limit: only ? FILTERED_READ : limit,
        filter: only,
      });
      const placed = (item: Item) => ({ offer: offerFromItem(item), position: item.priceSk as string });
      const found = pageOf(items, placed, log);
      return more === undefined ? { items: found } : { items: found, next: more };
    },
    async movedSince(market, since, limit) {
      const { items } = await queryRange(client, {
        table,
        index: OFFERS_BY_MOVE,
        partition: moveMarket(market),
        after: movedAfter(since),
        newestFirst: false,
        limit,
      });
      return pageOf(items, offerFromItem, log);
    },
  };
}

function conditions(filter: OfferFilter): Range['filter'] {
  const parts: string[] = [];
  const values: Record<string, unknown> = {};
  const names: Record<string, string> = {};
  const equal = (name: 'side' | 'currency') => {
    if (!filter[name]) return;
    parts.push(`#${name} = :${name}`);
    names[`#${name}`] = name;
    values[`:${name}`] = filter[name];
  };
  equal('side');
  equal('currency');
  if (filter.method) {
    parts.push('contains(#methods, :method)');
    names['#methods'] = 'methods';
    values[':method'] = filter.method;
  }
  if (filter.amount) {
    parts.push('minFiat <= :amount AND maxFiat >= :amount');
    values[':amount'] = filter.amount;
  }
  return parts.length ? { expression: parts.join(' AND '), names, values } : undefined;
}
