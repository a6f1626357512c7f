import { OWNER, STRANGER, testWorld, xmr } from '#tests/helpers/world.ts';
import { asMinorUnits } from '../money/fiat.ts';
import { coverOffers } from './cover-offers.ts';
import { createOffer } from './create-offer.ts';
import { followMarket } from './follow-market.ts';
import { getOffer } from './get-offer.ts';
import { listMyOffers } from './list-my-offers.ts';
import { pauseMyOffers } from './pause-my-offers.ts';
import { resumeMyOffers } from './resume-my-offers.ts';
import { updateOffer } from './update-offer.ts';

/** Terms of an offer to sell whose smallest trade takes 0.1 XMR. */
const SELLING = {
  side: 'sell' as const,
  currency: 'EUR',
  price: { kind: 'fixed' as const, fiatPerXmr: '150.00' },
  minFiat: '15.00',
  maxFiat: '100.00',
  methods: ['sepa'],
  paymentWindowMinutes: 30,
};
/** The same, at the market price, which is 150.00 EUR. */
const FOLLOWING = { ...SELLING, price: { kind: 'market' as const, marginBp: 0 } };

function aMarket() {
  const world = testWorld();
  const { ports, offers, give, take, balance } = world;
  const listed = async () => (await offers.newest({}, { limit: 10 })).items.map(({ id }) => id);
  return {
    ...world,
    create: async (terms: object = {}, caller = OWNER) => {
      const made = await createOffer(ports)({ ...SELLING, ...terms }, caller);
      if ('refused' in made) throw new Error(made.refused);
      return made;
    },
    update: updateOffer(ports),
    cover: () => coverOffers(ports)({ accountId: OWNER.accountId }),
    listed,
    /** Sets the owner's available balance in XMR. */
    has: (amount: string) => {
      const missing = (amount === '0' ? 0n : xmr(amount)) - balance(OWNER).availablePiconero;
      if (missing > 0n) give(OWNER, missing);
      if (missing < 0n) take(OWNER, -missing);
    },
  };
}

test('lists an offer to sell from the amount on that its smallest trade takes', async () => {
  const { create, has, listed } = aMarket();
  has('0.099999999999');
  expect(await create()).toMatchObject({ listed: false, notListedBecause: 'insufficient_funds' });
  expect(await listed()).toEqual([]);
  has('0.1');
  const enough = await create();
  expect(enough).toMatchObject({ listed: true });
  expect(enough).not.toHaveProperty('notListedBecause');
  expect(await listed()).toEqual([enough.id]);
});

test('lists an offer to buy without any balance', async () => {
  const { create, listed } = aMarket();
  const { id } = await create({ side: 'buy' });
  expect(await listed()).toEqual([id]);
});

test('hides and lists the offers of an account after its balance has changed, and no other', async () => {
  const { create, has, cover, listed } = aMarket();
  has('1');
  const small = await create();
  const large = await create({ minFiat: '100.00' });
  const other = await create({ side: 'buy' }, STRANGER);
  has('0.5');
  expect(await cover()).toBe(1);
  expect(await listed()).toEqual([other.id, small.id]);
  has('0');
  expect(await cover()).toBe(1);
  expect(await listed()).toEqual([other.id]);
  has('1');
  expect(await cover()).toBe(2);
  expect(await listed()).toEqual([other.id, large.id, small.id]);
});

test('a message that comes again or late changes nothing', async () => {
  const { create, has, cover, offers } = aMarket();
  const { id } = await create();
  has('1');
  await cover();
  const decided = await offers.get(id);
  expect(await cover()).toBe(0);
  expect(await offers.get(id)).toEqual(decided);
});

test('a decision leaves version and time of an offer, so that its owner can still edit it', async () => {
  const { create, has, cover, update, pass } = aMarket();
  const made = await create();
  pass(5);
  has('1');
  await cover();
  const change = await update({ offerId: made.id, version: made.version, maxFiat: '90.00' }, OWNER);
  expect(change).toMatchObject({ version: 2, listed: true });
});

test.each([
  ['falls', '1', '0', []],
  ['rises', '0', '1', ['the offer']],
] as const)(
  'the newest balance counts when it %s while an older decision is being written',
  async (_, before, after, shown) => {
    const { ports, create, has, cover, listed, between } = aMarket();
    has(after);
    const { id } = await create();
    has(before);
    // The late decision has read the balance of before, and the next one is made meanwhile.
    between('ledger', 'balance', async () => {
      between('ledger', 'balance', async () => {
        has(after);
        await coverOffers(ports)({ accountId: OWNER.accountId });
      });
    });
    await cover();
    expect(await listed()).toEqual(shown.map(() => id));
  },
);

test('decides a new offer again if the balance changes between reading and writing', async () => {
  const { create, has, listed, between } = aMarket();
  has('1');
  between('ledger', 'balance', async () => has('0'));
  expect(await create()).toMatchObject({ listed: false });
  expect(await listed()).toEqual([]);
});

test('an edit that meets a decision is decided again, and both hold', async () => {
  const { create, has, cover, update, listed, between } = aMarket();
  has('1');
  const { id } = await create();
  between('offers', 'get', async () => {
    has('0');
    await cover();
  });
  expect(await update({ offerId: id, version: 1, maxFiat: '90.00' }, OWNER)).toMatchObject({
    maxFiat: '90.00',
    version: 2,
    listed: false,
  });
  expect(await listed()).toEqual([]);
});

test('an edit of the smallest amount lists or hides the offer', async () => {
  const { create, has, update, listed } = aMarket();
  has('0.5');
  const { id } = await create({ minFiat: '100.00' });
  expect(await listed()).toEqual([]);
  expect(await update({ offerId: id, version: 1, minFiat: '75.00' }, OWNER)).toMatchObject({ listed: true });
  expect(await update({ offerId: id, version: 2, minFiat: '75.01' }, OWNER)).toMatchObject({ listed: false });
});

test('an offer that was paused while the balance fell is not listed when it opens again', async () => {
  const { ports, create, has, cover, listed } = aMarket();
  has('1');
  const { id } = await create();
  await pauseMyOffers(ports)({}, OWNER);
  has('0');
  expect(await cover()).toBe(0);
  await resumeMyOffers(ports)({}, OWNER);
  expect(await listed()).toEqual([]);
  has('1');
  await cover();
  expect(await listed()).toEqual([id]);
});

test('only the owner is told that an offer is not listed, and a stranger sees an ordinary one', async () => {
  const { ports, create, has, cover } = aMarket();
  has('1');
  const { id: offerId } = await create();
  const before = await getOffer(ports)({ offerId });
  has('0');
  await cover();
  expect(await getOffer(ports)({ offerId })).toEqual(before);
  expect(before).not.toHaveProperty('listed');
  const mine = await listMyOffers(ports)({ page: { limit: 10 } }, OWNER);
  expect(mine.items).toMatchObject([{ listed: false, notListedBecause: 'insufficient_funds' }]);
});

test('an unlisted offer is found by its link only, until it is listed again', async () => {
  const { ports, create, has, update, listed } = aMarket();
  has('1');
  const made = await create({ unlisted: true });
  expect(made).toMatchObject({ unlisted: true, listed: false, notListedBecause: 'unlisted' });
  expect(await listed()).toEqual([]);
  expect(await getOffer(ports)({ offerId: made.id })).toMatchObject({ unlisted: true, state: 'open' });
  const change = { offerId: made.id, version: 1 };
  expect(await update({ ...change, maxFiat: '90.00' }, OWNER)).toMatchObject({ unlisted: true });
  const again = await update({ ...change, version: 2, unlisted: false }, OWNER);
  expect(again).toMatchObject({ listed: true });
  expect(again).not.toHaveProperty('unlisted');
  expect(await listed()).toEqual([made.id]);
});

describe('an offer that follows the market', () => {
  /** An offer whose smallest trade takes 0.1 XMR, and exactly that balance. */
  async function following() {
    const world = aMarket();
    world.has('0.1');
    const { id } = await world.create(FOLLOWING);
    return {
      ...world,
      id,
      follow: followMarket(world.ports),
      marketAt: (cents: bigint) => world.prices.set('EUR', asMinorUnits(cents), world.clock.now()),
      decidedAt: async () => (await world.offers.get(id))?.cover?.marketFiatPerXmr,
    };
  }

  test('stays listed while the market moves by 5 % or less', async () => {
    const { marketAt, follow, listed, id } = await following();
    marketAt(14_290n);
    expect(await follow()).toBe(0);
    marketAt(15_750n);
    expect(await follow()).toBe(0);
    expect(await listed()).toEqual([id]);
  });

  test('is hidden and listed again by a larger move, which finds it once', async () => {
    const { marketAt, follow, listed, id, decidedAt } = await following();
    marketAt(14_000n);
    expect([await follow(), await follow()]).toEqual([1, 0]);
    expect(await listed()).toEqual([]);
    expect(await decidedAt()).toBe(14_000n);
    marketAt(16_000n);
    expect([await follow(), await follow()]).toEqual([1, 0]);
    expect(await listed()).toEqual([id]);
  });

  test('notes the new market price although nothing else changes', async () => {
    const { marketAt, follow, has, cover, decidedAt } = await following();
    has('5');
    await cover();
    marketAt(10_000n);
    expect([await follow(), await follow()]).toEqual([1, 0]);
    expect(await decidedAt()).toBe(10_000n);
  });

  test('is decided at the present price when the balance changes', async () => {
    const { marketAt, has, cover, listed } = await following();
    marketAt(14_900n);
    has('0.100000000001');
    expect(await cover()).toBe(1);
    expect(await listed()).toEqual([]);
  });

  test('is decided as soon as the market has a price again', async () => {
    const { ports, prices, has, marketAt, follow, listed, decidedAt } = await following();
    await pauseMyOffers(ports)({}, OWNER);
    prices.clear('EUR');
    has('0.05');
    await resumeMyOffers(ports)({}, OWNER);
    expect(await decidedAt()).toBe(0n);
    marketAt(15_000n);
    expect(await follow()).toBe(1);
    expect(await listed()).toEqual([]);
  });

  test('is not decided again while it is unlisted, paused or closed', async () => {
    const { ports, marketAt, follow, update, id } = await following();
    await update({ offerId: id, version: 1, unlisted: true }, OWNER);
    marketAt(10_000n);
    expect(await follow()).toBe(0);
    await update({ offerId: id, version: 2, unlisted: false }, OWNER);
    await pauseMyOffers(ports)({}, OWNER);
    marketAt(15_000n);
    expect(await follow()).toBe(0);
  });
});

test('one offer that cannot be decided does not stop the others', async () => {
  const { ports, create, has, listed, prices, clock } = aMarket();
  has('1');
  const made = [await create(FOLLOWING), await create(FOLLOWING)];
  has('0');
  prices.set('EUR', asMinorUnits(10_000n), clock.now());
  const get: typeof ports.offers.get = async (id) => {
    if (id === made[0]!.id) throw new Error('unreadable');
    return ports.offers.get(id);
  };
  const failing = { ...ports, offers: { ...ports.offers, get } };
  await expect(followMarket(failing)()).rejects.toThrow('unreadable');
  expect(await listed()).toEqual([made[0]!.id]);
});
