import fc from 'fast-check';
import { memoryOffers } from '#adapters/memory/offers.ts';
import type { AccountId, OfferId } from '../ids.ts';
import { asMinorUnits } from '../money/fiat.ts';
import { isRefusal } from '../refusal.ts';
import { asInstant } from '../time.ts';
import { listOffers } from './list-offers.ts';
import type { Offer, Price, Rate, Side } from './offers.ts';

const now = asInstant(1_000);
const rate: Rate = { currency: 'EUR', fiatPerXmr: asMinorUnits(15_000n), source: 'test', at: now };

const anOffer = (id: string, side: Side, price: Price, state: Offer['state'] = 'open'): Offer => ({
  ...{ id: id as OfferId, ownerId: 'owner' as AccountId, side, currency: 'EUR', price, state, version: 1 },
  ...{ minFiat: asMinorUnits(1n), maxFiat: asMinorUnits(100n), methods: ['sepa'], paymentWindowMinutes: 30 },
  ...{ createdAt: now, updatedAt: now },
});

const anyPrice: fc.Arbitrary<Price> = fc.oneof(
  fc.record({
    kind: fc.constant('fixed' as const),
    fiatPerXmr: fc.bigInt({ min: 14_000n, max: 16_000n }).map(asMinorUnits),
  }),
  fc.record({ kind: fc.constant('market' as const), marginBp: fc.integer({ min: -600, max: 600 }) }),
);

async function everyPage(side: Side, prices: Price[], limit: number): Promise<bigint[]> {
  const offers = memoryOffers();
  for (const [index, price] of prices.entries()) await offers.add(anOffer(`o${index}`, side, price));
  const ports = {
    offers,
    prices: { rate: async () => rate },
    people: { getMany: async () => new Map() },
    clock: { now: () => now },
    ids: { next: () => '' as never },
  };
  const list = listOffers(ports);
  const seen: bigint[] = [];
  let after: Record<string, string> | undefined;
  do {
    const page = await list({
      side,
      currency: 'EUR',
      sort: 'price',
      page: { limit, ...(after && { after }) },
    });
    if (isRefusal(page)) throw new Error(page.refused);
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(...page.items.map((offer) => BigInt(offer.fiatPerXmr.replace('.', ''))));
    after = page.next;
  } while (after);
  return seen;
}

test.each(['sell', 'buy'] as const)(
  'the pages of a %s market hold every offer once, the best for a taker first',
  (side) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyPrice, { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        async (prices, limit) => {
          const seen = await everyPage(side, prices, limit);
          const ordered = [...seen].sort((a, b) => Number(side === 'sell' ? a - b : b - a));
          expect(seen).toEqual(ordered);
          expect(seen).toHaveLength(prices.length);
        },
      ),
      { numRuns: 60 },
    ),
);
