import { OWNER, STRANGER, testWorld } from '#tests/helpers/world.ts';
import { MINUTE_MS } from '../time.ts';
import { getOffer } from './get-offer.ts';
import { listMyOffers } from './list-my-offers.ts';
import { listOffers } from './list-offers.ts';
import { listRates } from './list-rates.ts';
import type { Offer } from './offers.ts';

type Query = Omit<Parameters<ReturnType<typeof listOffers>>[0], 'page'>;

const FOLLOWING = { price: { kind: 'market' as const, marginBp: 0 } };

/** A market with these offers of one owner. `list` resolves with the ids of a first page, or with the refusal. */
async function aMarket(...offers: Partial<Offer>[]) {
  const world = testWorld();
  const ids: string[] = [];
  for (const offer of offers) ids.push((await world.publish({ ownerId: OWNER.accountId, ...offer })).id);
  const list = async (query: Query, limit = 10) => {
    const page = await listOffers(world.ports)({ ...query, page: { limit } });
    return 'refused' in page ? page : page.items.map(({ id }) => id);
  };
  return { ...world, ids, list };
}

test.each<[string, Query, string]>([
  ['by price without a side', { sort: 'price', currency: 'EUR' }, 'side'],
  ['by price without a currency', { sort: 'price', side: 'sell' }, 'currency'],
  ['by amount without a currency', { amount: '20.00' }, 'currency'],
  ['by an amount of another form', { amount: '20.001', currency: 'EUR' }, 'amount'],
])('refuses a list %s, and names the field', async (_, query, path) => {
  const { list } = await aMarket();
  const errors = [expect.objectContaining({ path })];
  expect(await list(query)).toMatchObject({ refused: 'invalid_request', errors });
});

test('refuses a list of a currency that cannot be traded', async () => {
  const { list } = await aMarket();
  expect(await list({ currency: 'XAU' })).toMatchObject({ refused: 'unsupported_currency' });
});

test('lists the newest open offers first, and filters them', async () => {
  const { ids, list } = await aMarket(
    {},
    { side: 'buy' },
    { currency: 'USD' },
    { methods: ['wise'] },
    { state: 'paused' },
    { state: 'closed' },
  );
  const [plain, buying, dollars, wise] = ids;
  expect(await list({})).toEqual([wise, dollars, buying, plain]);
  expect(await list({ side: 'sell', currency: 'EUR' })).toEqual([wise, plain]);
  expect(await list({ method: 'wise' })).toEqual([wise]);
  expect(await list({ amount: '9.99', currency: 'EUR' })).toEqual([]);
  expect(await list({ amount: '10.00', currency: 'EUR' })).toEqual([wise, buying, plain]);
  expect(await list({}, 2)).toEqual([wise, dollars]);
});

test('leaves out offers that follow a market without a price, in every order', async () => {
  const { ids, list, prices } = await aMarket({}, FOLLOWING);
  const [fixed, following] = ids;
  expect(await list({})).toEqual([following, fixed]);
  prices.clear('EUR');
  expect(await list({})).toEqual([fixed]);
  expect(await list({ sort: 'price', side: 'sell', currency: 'EUR' })).toEqual([fixed]);
});

test('uses a market price for 30 minutes', async () => {
  const { ids, ports, pass } = await aMarket(FOLLOWING);
  const offer = () => getOffer(ports)({ offerId: ids[0] as Offer['id'] });
  const rates = listRates(ports);
  pass(30 * MINUTE_MS);
  expect(await offer()).toMatchObject({ fiatPerXmr: '150.00' });
  expect(await rates()).toMatchObject({ items: [{ currency: 'EUR' }] });
  pass(1);
  expect(await offer()).toMatchObject({ refused: 'price_unavailable' });
  expect(await rates()).toEqual({ refused: 'price_unavailable' });
});

test('shows an offer to everybody, also closed, and refuses one that does not exist', async () => {
  const { ids, ports } = await aMarket({ state: 'closed' });
  expect(await getOffer(ports)({ offerId: ids[0] as Offer['id'] })).toMatchObject({ state: 'closed' });
  expect(await getOffer(ports)({ offerId: 'unknown' as Offer['id'] })).toEqual({ refused: 'not_found' });
});

test('lists the caller’s offers newest first, closed ones included, page by page', async () => {
  const { ids, ports, publish } = await aMarket({}, { state: 'closed' }, { currency: 'USD' });
  await publish({ ownerId: STRANGER.accountId });
  const list = listMyOffers(ports);
  const first = await list({ page: { limit: 2 } }, OWNER);
  const second = await list({ page: { limit: 2, after: first.next! } }, OWNER);
  expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([...ids].reverse());
  expect(second).not.toHaveProperty('next');
});
