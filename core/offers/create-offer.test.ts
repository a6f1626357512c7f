import { OWNER, testWorld } from '#tests/helpers/world.ts';
import { createOffer } from './create-offer.ts';

/** Terms of an offer to sell that follows the market. */
const FOLLOWING = {
  side: 'sell' as const,
  currency: 'EUR',
  price: { kind: 'market' as const, marginBp: 100 },
  minFiat: '10.00',
  maxFiat: '100.00',
  methods: ['sepa'],
  paymentWindowMinutes: 30,
};

function aMarket() {
  const world = testWorld();
  const stored = async () => (await world.offers.ofOwner(OWNER.accountId, { limit: 10 })).items;
  return { ...world, create: createOffer(world.ports), stored };
}

test('stores no offer that follows a market without a price', async () => {
  const { prices, create, stored } = aMarket();
  prices.clear('EUR');
  expect(await create(FOLLOWING, OWNER)).toMatchObject({ refused: 'price_unavailable' });
  expect(await stored()).toEqual([]);
});

test('refuses an offer to sell while the balance is below zero, and accepts one to buy', async () => {
  const { create, overdraw, stored } = aMarket();
  await overdraw(OWNER, 1n);
  expect(await create(FOLLOWING, OWNER)).toMatchObject({ refused: 'insufficient_funds' });
  expect(await stored()).toEqual([]);
  expect(await create({ ...FOLLOWING, side: 'buy' }, OWNER)).toMatchObject({ side: 'buy' });
});

test('accepts an offer to sell with a balance of exactly zero', async () => {
  const { balance, create, stored } = aMarket();
  expect(balance(OWNER).availablePiconero).toBe(0n);
  expect(await create(FOLLOWING, OWNER)).toMatchObject({ side: 'sell' });
  expect(await stored()).toMatchObject([{ side: 'sell', state: 'open', version: 1 }]);
});
