import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { offerItem } from '#adapters/dynamodb/offer-items.ts';
import { dynamoOffers } from '#adapters/dynamodb/offers.ts';
import { memoryWorld } from '#adapters/memory/world.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import { listOffers } from '#core/offers/list-offers.ts';
import type { Offer } from '#core/offers/offers.ts';
import type { Position } from '#core/paging.ts';
import { offerWith } from '#tests/helpers/entities.ts';
import { ownTables } from '#tests/helpers/own-tables.ts';
import { storeParts } from '#tests/helpers/store-parts.ts';

const SEEDING_MS = 600_000;
/** Upper bound of items in a BatchWriteItem. */
const BATCH = 25;
const RARE = 'a-rare-method';

/** Every second offer follows the market, every fifth is to buy, every hundredth has the rare method. */
const offerNumber = (n: number): Offer =>
  offerWith({
    side: n % 5 === 0 ? 'buy' : 'sell',
    price:
      n % 2 === 0
        ? { kind: 'fixed', fiatPerXmr: asMinorUnits(15_000n + BigInt(n % 5_000)) }
        : { kind: 'market', marginBp: n % 2_000 },
    methods: n % 100 === 1 ? ['sepa', RARE] : ['sepa'],
  });

async function seed(client: DynamoDBDocumentClient, table: string, count: number) {
  for (let from = 0; from < count; from += BATCH * 4)
    await Promise.all(
      [0, 1, 2, 3].map((at) => {
        const first = from + at * BATCH;
        const numbers = Array.from(
          { length: Math.max(0, Math.min(BATCH, count - first)) },
          (_, n) => first + n,
        );
        if (numbers.length === 0) return undefined;
        const writes = numbers.map((n) => ({ PutRequest: { Item: offerItem(offerNumber(n)) } }));
        return client.send(new BatchWriteCommand({ RequestItems: { [table]: writes } }));
      }),
    );
}

type Query = Omit<Parameters<ReturnType<typeof listOffers>>[0], 'page'>;

/** A market with so many offers. `costOf` resolves with the read units of each of the first pages of 20 offers. */
async function aMarket(count: number) {
  const client = documentClient();
  const tables = await ownTables();
  await seed(client, tables.offers, count);
  let units = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      (args as { input: object }).input = { ...args.input, ReturnConsumedCapacity: 'TOTAL' };
      const answer = await next(args);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      units += ConsumedCapacity?.CapacityUnits ?? Number.NaN;
      return answer;
    },
    { step: 'initialize', name: 'units' },
  );
  const { ports } = memoryWorld();
  ports.prices.set('EUR', asMinorUnits(15_000n), ports.clock.now());
  const offers = dynamoOffers(client, { offers: tables.offers }, storeParts(tables).log);
  const list = listOffers({ ...ports, offers });
  return {
    close: () => client.destroy(),
    costOf: async (query: Query, pages: number) => {
      const costs: number[] = [];
      let after: Position | undefined;
      do {
        units = 0;
        const page = await list({ ...query, page: { limit: 20, ...(after && { after }) } });
        if ('refused' in page) throw new Error(page.refused);
        costs.push(units);
        after = page.next;
      } while (after && costs.length < pages);
      return costs;
    },
  };
}

let few: Awaited<ReturnType<typeof aMarket>>;
let many: typeof few;

beforeAll(async () => {
  few = await aMarket(100);
  many = await aMarket(100_000);
}, SEEDING_MS);

afterAll(() => {
  few.close();
  many.close();
});

const market = { side: 'sell', currency: 'EUR' } as const;

test.each<[string, Query]>([
  ['by price', { ...market, sort: 'price' }],
  ['newest first', {}],
])('a page %s costs the same among 100 and 100,000 offers, and on every page', async (_, query) => {
  const [first] = await few.costOf(query, 1);
  const deep = await many.costOf(query, 40);
  expect(deep).toHaveLength(40);
  // The size of an offer differs by a few bytes, and units are whole halves.
  for (const units of deep) expect(Math.abs(units - first!)).toBeLessThanOrEqual(0.5);
});

test.each<[string, Query, number]>([
  ['by price with an amount', { ...market, sort: 'price', amount: '50.00' }, 24],
  ['by price with a rare method', { ...market, sort: 'price', method: RARE }, 24],
  ['newest first of one side', market, 12],
  // A filtered page reads 100 offers of each range, which are less than 1 kB each, and 4 kB cost half a unit.
])('a filtered page costs a bounded number of units: %s', async (_, query, most) => {
  const costs = [...(await few.costOf(query, 1)), ...(await many.costOf(query, 40))];
  for (const units of costs) expect(units).toBeLessThanOrEqual(most);
});
