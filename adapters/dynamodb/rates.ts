import { type DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { CURRENCIES, type Currency } from '#core/money/fiat.ts';
import type { Rate } from '#core/offers/offers.ts';
import type { Prices, RateStore, StoredRates } from '#core/offers/ports.ts';
import { asInstant, type Instant, later } from '#core/time.ts';
import type { Item } from './client.ts';
import { historyOrder } from './indexes.ts';
import { readerOf } from './items.ts';
import { RATES_KEY, rateHistoryKey, rateHistoryPartition } from './keys.ts';
import { ttlSeconds } from './ttl.ts';
import { unlessRefused } from './writes.ts';

/**
 * All rates of one update are one row, because each request needs one of them and an update writes all. A point of the
 * history is one row too, which DynamoDB removes by its TTL.
 */
export function dynamoRates(client: DynamoDBDocumentClient, TableName: string): Prices & RateStore {
  // Eventually consistent, because a price that is a second older is as good.
  const stored = async () => {
    const { Item } = await client.send(new GetCommand({ TableName, Key: RATES_KEY }));
    return Item && ratesIn(Item);
  };
  return {
    stored,
    rates: async () => (await stored())?.rates ?? [],
    rate: async (currency) => (await stored())?.rates.find((rate) => rate.currency === currency),

    async save({ rates, savedAt }) {
      // The race it closes: two updates at once. The rates of the later one stay.
      const command = new PutCommand({
        TableName,
        Item: { ...RATES_KEY, savedAt, rates },
        ConditionExpression: 'attribute_not_exists(savedAt) OR savedAt < :savedAt',
        ExpressionAttributeValues: { ':savedAt': savedAt },
      });
      await unlessRefused(() => client.send(command));
    },

    async addHistory({ at, stepMs, keptMs }, rates) {
      const Item = {
        ...rateHistoryKey(stepMs, at),
        at,
        prices: Object.fromEntries(rates.map(({ currency, fiatPerXmr }) => [currency, fiatPerXmr])),
        expiresAtSeconds: ttlSeconds(later(at, keptMs)),
      };
      await client.send(new PutCommand({ TableName, Item }));
    },

    async history(currency, { from, until, stepMs }) {
      // One page of at most 169 rows of 1 kB.
      const { Items = [] } = await client.send(
        new QueryCommand({
          TableName,
          KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :until',
          ProjectionExpression: 'pk, #at, prices.#currency',
          ExpressionAttributeNames: { '#at': 'at', '#currency': currency },
          ExpressionAttributeValues: {
            ':pk': rateHistoryPartition(stepMs),
            ':from': historyOrder(from),
            ':until': historyOrder(until),
          },
        }),
      );
      return Items.flatMap((item) => {
        const prices = (item.prices ?? {}) as Item;
        if (prices[currency] === undefined) return [];
        const fiatPerXmr = readerOf({ pk: item.pk, ...prices }).minorUnits(currency);
        return [{ at: asInstant(readerOf(item).integer('at')), fiatPerXmr }];
      });
    },
  };
}

/** @throws if the item has no rates. A currency that is no longer traded is left out */
function ratesIn(item: Item): StoredRates {
  const read = readerOf(item);
  const known = read.objects('rates').filter(({ currency }) => CURRENCIES.some((code) => code === currency));
  return { savedAt: read.integer<Instant>('savedAt'), rates: known.map(rateIn) };
}

function rateIn(item: Item): Rate {
  const read = readerOf(item);
  return {
    currency: read.text<Currency>('currency'),
    fiatPerXmr: read.minorUnits('fiatPerXmr'),
    source: read.text('source'),
    at: read.integer<Instant>('at'),
  };
}
