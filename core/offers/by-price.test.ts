import fc from 'fast-check';
import { offerWith } from '#tests/helpers/entities.ts';
import { granted, OWNER, testWorld, XMR } from '#tests/helpers/world.ts';
import { asMinorUnits, formatFiat } from '../money/fiat.ts';
import { asInstant, later } from '../time.ts';
import { Beginning } from './beginning.ts';
import { listOffers } from './list-offers.ts';
import type { Offer, Price, Side } from './offers.ts';
import { updateOffer } from './update-offer.ts';

const anyPrice: fc.Arbitrary<Price> = fc.oneof(
  fc.record({
    kind: fc.constant('fixed' as const),
    fiatPerXmr: fc.bigInt({ min: 14_000n, max: 16_000n }).map(asMinorUnits),
  }),
  fc.record({ kind: fc.constant('market' as const), marginBp: fc.integer({ min: -600, max: 600 }) }),
);

/** A change of price between two pages, `afterMs` after the change before it. */
type Change = { offer: number; price: Price; afterMs: number };

/**
 * Reads all pages of a market. Before each page but the first, the next element of `changes` is applied.
 *
 * @returns each offer's index in `prices` and its price, in the order of the pages
 */
async function everyPage(side: Side, prices: Price[], limit: number, changes: Change[][] = []) {
  const { ports, offers, clock, pass, publish, give } = testWorld();
  // Enough for every offer, because the market lists no others.
  give(OWNER, 1_000n * XMR);
  const published: Offer[] = [];
  for (const price of prices) published.push(await publish({ ownerId: OWNER.accountId, side, price }));
  const list = listOffers(ports);
  const update = updateOffer(ports);
  const change = async ({ offer, price, afterMs }: Change) => {
    pass(afterMs);
    ports.prices.set('EUR', asMinorUnits(15_000n), clock.now());
    const { id: offerId } = published[offer % published.length]!;
    const { version } = (await offers.get(offerId))!;
    const wire =
      price.kind === 'fixed' ? { ...price, fiatPerXmr: formatFiat(price.fiatPerXmr, 'EUR') } : price;
    expect(await update({ offerId, version, price: wire }, OWNER)).not.toHaveProperty('refused');
  };
  const indexOf = new Map(published.map(({ id }, index) => [id, index]));
  const seen: { index: number; price: bigint }[] = [];
  let after: Record<string, string> | undefined;
  do {
    const asked = { side, currency: 'EUR', sort: 'price' as const };
    const page = granted(await list({ ...asked, page: { limit, ...(after && { after }) } }));
    expect(page.items.length).toBeLessThanOrEqual(limit);
    seen.push(
      ...page.items.map(({ id, fiatPerXmr }) => ({
        index: indexOf.get(id)!,
        price: BigInt(fiatPerXmr.replace('.', '')),
      })),
    );
    after = page.next;
    for (const each of changes.shift() ?? []) await change(each);
  } while (after);
  return seen;
}

test('a cursor keeps the beginning of its list, with and without recent moves', () => {
  const now = asInstant(1_000);
  const offer = offerWith({ price: { kind: 'market', marginBp: 0 } });
  const earlierPlaces = [{ price: offer.price, from: asInstant(0), until: later(now, 5) }];
  for (const seen of [[], [{ ...offer, earlierPlaces }]]) {
    const { position } = Beginning.at(now, seen);
    expect(Beginning.in(position)!.position).toEqual(position);
  }
});

test.each(['sell', 'buy'] as const)(
  'the pages of a %s market hold every offer once, the best for a taker first',
  (side) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyPrice, { maxLength: 30 }),
        fc.integer({ min: 1, max: 7 }),
        async (prices, limit) => {
          const seen = (await everyPage(side, prices, limit)).map(({ price }) => price);
          const ordered = [...seen].sort((a, b) => Number(side === 'sell' ? a - b : b - a));
          expect(seen).toEqual(ordered);
          expect(seen).toHaveLength(prices.length);
        },
      ),
      { numRuns: 60 },
    ),
);

const anyChange: fc.Arbitrary<Change> = fc.record({
  offer: fc.nat(),
  price: anyPrice,
  afterMs: fc.constantFrom(0, 1, 500, 2_500),
});

test.each(['sell', 'buy'] as const)(
  'the pages of a %s market hold every offer once while prices move between them',
  (side) =>
    fc.assert(
      fc.asyncProperty(
        fc.array(anyPrice, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 7 }),
        // At most 10 changes, because an offer keeps 10 earlier places.
        fc.array(fc.array(anyChange, { maxLength: 2 }), { maxLength: 5 }),
        async (prices, limit, changes) => {
          const seen = (await everyPage(side, prices, limit, changes)).map(({ index }) => index);
          expect(seen.sort((a, b) => a - b)).toEqual([...prices.keys()]);
        },
      ),
      { numRuns: 200 },
    ),
);

test('shows an offer at most once when its price changes more often than its places are remembered', async () => {
  const prices = [14_100n, 14_200n, 14_300n].map(
    (price): Price => ({
      kind: 'fixed',
      fiatPerXmr: asMinorUnits(price),
    }),
  );
  const changes = Array.from(
    { length: 30 },
    (_, n): Change => ({
      offer: 0,
      price: { kind: 'fixed', fiatPerXmr: asMinorUnits(15_000n + BigInt(n)) },
      afterMs: 10,
    }),
  );
  const seen = await everyPage('sell', prices, 1, [changes.slice(0, 15), changes.slice(15)]);
  expect(seen.map(({ index }) => index)).toEqual([0, 1, 2]);
});
