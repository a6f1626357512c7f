import type { AccountId } from '#core/ids.ts';
import { asMinorUnits, type Currency } from '#core/money/fiat.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { Cover, Offer, Price } from '#core/offers/offers.ts';
import { asInstant } from '#core/time.ts';
import { fresh, offerWith } from '#tests/helpers/entities.ts';
import { give, type Stores, stores } from './stores.ts';

const fixed = (price: bigint): Price => ({ kind: 'fixed', fiatPerXmr: asMinorUnits(price) });

// Each test has a market of its own, as all tests share one store.
const markets: Currency[] = ['SEK', 'PLN', 'BRL'];

describe.each(stores)('offers (%s)', (_, open) => {
  let own: Stores;
  let offers: Stores['offers'];
  beforeAll(async () => {
    own = await open();
    ({ offers } = own);
  });
  const ids = (found: Offer[]) => found.map(({ id }) => id);

  test.each([fixed(15_000n), { kind: 'market', marginBp: -250 } as const])(
    'stores an offer as it was made: %j',
    async (price) => {
      const offer = offerWith({ price });
      await offers.add(offer);
      expect(await offers.get(offer.id)).toEqual(offer);
    },
  );

  test('stores the mark of an offer that was paused together with others', async () => {
    const offer = offerWith({ state: 'paused', pausedTogether: true });
    await offers.add(offer);
    expect(await offers.get(offer.id)).toEqual(offer);
    expect((await offers.ofOwner(offer.ownerId, { limit: 1 })).items).toEqual([offer]);
    const { pausedTogether: _, ...opened } = { ...offer, state: 'open' as const, version: 2 };
    await offers.save(opened);
    expect(await offers.get(offer.id)).toEqual(opened);
  });

  test('stores the payment accounts that an offer names', async () => {
    const offer = offerWith({ paymentAccounts: [{ method: 'sepa', id: fresh() }] });
    await offers.add(offer);
    expect(await offers.get(offer.id)).toEqual(offer);
  });

  test('writes one of two changes from the same version', async () => {
    const offer = offerWith();
    await offers.add(offer);
    const change = (terms: string) => offers.save({ ...offer, terms, version: 2 });
    expect(await change('first')).toBeUndefined();
    expect(await change('second')).toBe('changed_since');
    expect((await offers.get(offer.id))?.terms).toBe('first');
  });

  test('lists an owner’s offers newest first, closed ones included', async () => {
    const ownerId = fresh<AccountId>();
    const mine = [offerWith({ ownerId }), offerWith({ ownerId, state: 'closed' }), offerWith({ ownerId })];
    for (const offer of mine) await offers.add(offer);
    const first = await offers.ofOwner(ownerId, { limit: 2 });
    const second = await offers.ofOwner(ownerId, { limit: 2, after: first.next! });
    expect([...ids(first.items), ...ids(second.items)]).toEqual(ids(mine).reverse());
  });

  test('lists the open offers that fit by price, the best for a taker first', async () => {
    const [currency] = markets;
    const [dear, cheap] = [
      offerWith({ currency, price: fixed(16_000n) }),
      offerWith({ currency, price: fixed(14_000n) }),
    ];
    const paused = offerWith({ currency, state: 'paused' });
    const small = offerWith({ currency, maxFiat: asMinorUnits(2_000n), methods: ['wise'] });
    for (const offer of [dear, cheap, paused, small]) await offers.add(offer);
    const range = { side: 'sell', currency: currency!, kind: 'fixed' } as const;
    const find = async (filter = {}) =>
      (await offers.byPrice(range, filter, undefined, 10)).items.map(({ offer }) => offer.id);
    expect(await find()).toEqual([cheap.id, small.id, dear.id]);
    expect(await find({ amount: asMinorUnits(3_000n) })).toEqual([cheap.id, dear.id]);
    expect(await find({ method: 'wise' })).toEqual([small.id]);
  });

  test('lists buyers’ offers by price downwards, also across a margin of zero', async () => {
    const currency = markets[1]!;
    const at = (marginBp: number) =>
      offerWith({ currency, side: 'buy', price: { kind: 'market', marginBp } });
    const made = [at(0), at(-100), at(250)];
    for (const offer of made) await offers.add(offer);
    const range = { side: 'buy', currency, kind: 'market' } as const;
    const first = await offers.byPrice(range, {}, undefined, 2);
    const second = await offers.byPrice(range, {}, first.next, 2);
    expect([...first.items, ...second.items].map(({ offer }) => offer.id)).toEqual(
      [2, 0, 1].map((at) => made[at]!.id),
    );
  });

  test('lists the offers of a side and currency newest first', async () => {
    const currency = markets[2]!;
    const [older, other, newer] = [
      offerWith({ currency }),
      offerWith({ currency, side: 'buy' }),
      offerWith({ currency }),
    ];
    for (const offer of [older, other, newer]) await offers.add(offer);
    expect(ids((await offers.newest({ currency, side: 'sell' }, { limit: 10 })).items)).toEqual([
      newer.id,
      older.id,
    ]);
    const first = await offers.newest({ currency }, { limit: 1 });
    const second = await offers.newest({ currency }, { limit: 1, after: first.next! });
    expect(ids([...first.items, ...second.items])).toEqual([newer.id, other.id]);
  });

  test('a paused offer leaves the market until it is open again', async () => {
    const offer = offerWith({ currency: 'AUD' });
    await offers.add(offer);
    const found = async () => ids((await offers.newest({ currency: 'AUD' }, { limit: 10 })).items);
    await offers.save({ ...offer, state: 'paused', version: 2 });
    expect(await found()).not.toContain(offer.id);
    await offers.save({ ...offer, state: 'open', version: 3 });
    expect(await found()).toContain(offer.id);
  });

  test('lists the offers that moved after a time, in the order of their moves', async () => {
    const market = { side: 'buy', currency: 'JPY' } as const;
    const place = (until: number) => ({ price: fixed(14_000n), from: asInstant(0), until: asInstant(until) });
    const at = (...untils: number[]) => offerWith({ ...market, earlierPlaces: untils.map(place) });
    const [late, early, margin] = [at(10, 3_000), at(2_000), at(2_500)];
    margin.price = { kind: 'market', marginBp: -5 };
    margin.earlierPlaces![0]!.price = { kind: 'market', marginBp: 7 };
    for (const offer of [late, offerWith(market), early, margin, { ...at(2_600), state: 'paused' as const }])
      await offers.add(offer);
    expect(await offers.movedSince(market, asInstant(0), 10)).toEqual([early, margin, late]);
    expect(ids(await offers.movedSince(market, asInstant(2_000), 10))).toEqual([margin.id, late.id]);
    expect(ids(await offers.movedSince(market, asInstant(1_999), 1))).toEqual([early.id]);
    expect(await offers.movedSince({ ...market, side: 'sell' }, asInstant(0), 10)).toEqual([]);
  });

  describe('that need cover', () => {
    const cover = (isEnough: boolean, version = 1, needed = 5n): Cover => ({
      isEnough,
      neededPiconero: asPiconero(needed),
      version,
    });
    const at = (market: bigint, version = 1): Cover => ({
      ...cover(true, version),
      marketFiatPerXmr: asMinorUnits(market),
    });
    /** An owner who has 5 piconero, and that balance. */
    async function anOwner() {
      const ownerId = fresh<AccountId>();
      await give(own, ownerId, 5n);
      return { ownerId, seen: await own.ledger.balance(ownerId) };
    }
    const listed = async (currency: Currency) =>
      ids((await offers.newest({ currency }, { limit: 100 })).items);

    test('are listed or hidden by a decision, which leaves the version', async () => {
      const { ownerId, seen } = await anOwner();
      const offer = offerWith({ ownerId, currency: 'CHF', cover: cover(false) });
      expect(await offers.add(offer, seen)).toBeUndefined();
      expect(await offers.get(offer.id)).toEqual(offer);
      expect(await listed('CHF')).not.toContain(offer.id);
      const decided = { ...offer, cover: cover(true, 2) };
      expect(await offers.saveCover(decided, seen)).toBeUndefined();
      expect(await offers.get(offer.id)).toEqual(decided);
      expect(await listed('CHF')).toContain(offer.id);
      expect(await offers.saveCover({ ...offer, cover: cover(false, 3) }, seen)).toBeUndefined();
      expect(await listed('CHF')).not.toContain(offer.id);
    });

    test('are not written from a balance that has changed since', async () => {
      const { ownerId, seen } = await anOwner();
      const none = { ...seen, availablePiconero: asPiconero(0n) };
      const offer = offerWith({ ownerId, cover: cover(true) });
      expect(await offers.add(offer, none)).toBe('changed_since');
      expect(await offers.get(offer.id)).toBeUndefined();
      await offers.add(offer, seen);
      await give(own, ownerId, 1n);
      const next = { ...offer, cover: cover(false, 2) };
      expect(await offers.saveCover(next, seen)).toBe('changed_since');
      expect(await offers.save({ ...next, version: 2 }, seen)).toBe('changed_since');
      expect(await offers.get(offer.id)).toEqual(offer);
      expect(await offers.save({ ...next, version: 2 }, await own.ledger.balance(ownerId))).toBeUndefined();
    });

    test('are written from the balance of an account that never had any', async () => {
      const ownerId = fresh<AccountId>();
      const seen = await own.ledger.balance(ownerId);
      const offer = offerWith({ ownerId, cover: cover(false) });
      expect(await offers.add(offer, seen)).toBeUndefined();
      await give(own, ownerId, 1n);
      expect(await offers.saveCover({ ...offer, cover: cover(true, 2) }, seen)).toBe('changed_since');
    });

    test('of a change and a decision from one reading, one is written', async () => {
      const { ownerId, seen } = await anOwner();
      const offer = offerWith({ ownerId, cover: cover(true) });
      await offers.add(offer, seen);
      const hidden = { ...offer, cover: cover(false, 2) };
      expect(await offers.saveCover(hidden, seen)).toBeUndefined();
      expect(await offers.saveCover(hidden, seen)).toBe('changed_since');
      expect(await offers.save({ ...offer, state: 'paused', version: 2 })).toBe('changed_since');
      expect(await offers.save({ ...hidden, state: 'paused', version: 2 })).toBeUndefined();
      expect(await offers.saveCover({ ...offer, cover: cover(true, 3) }, seen)).toBe('changed_since');
    });

    test('are decided for the first time although they are older than decisions', async () => {
      const { ownerId, seen } = await anOwner();
      const offer = offerWith({ ownerId });
      await offers.add(offer);
      expect(await offers.saveCover({ ...offer, cover: cover(false) }, seen)).toBeUndefined();
    });

    test('are found by owner and needed amount, where a balance may turn them', async () => {
      const ownerId = fresh<AccountId>();
      const make = async (changes: Partial<Offer>) => {
        const offer = offerWith({ ownerId, ...changes });
        await offers.add(offer);
        return offer.id;
      };
      const [, low, high, hiddenLow, hiddenHigh] = [
        await make({ cover: cover(true, 1, 9n) }),
        await make({ cover: cover(true, 1, 10n) }),
        await make({ cover: cover(true, 1, 10n ** 18n) }),
        await make({ cover: cover(false, 1, 1n) }),
        await make({ cover: cover(false, 1, 20n) }),
        await make({ cover: cover(false, 1, 21n) }),
      ];
      await make({ cover: cover(true, 1, 15n), unlisted: true });
      await make({ cover: cover(true, 1, 15n), state: 'paused' });
      await make({ side: 'buy' });
      await make({ ownerId: fresh<AccountId>(), cover: cover(true, 1, 15n) });
      const at = (from: bigint, to: bigint) =>
        offers.turningAt(ownerId, { low: asPiconero(from), high: asPiconero(to) });
      expect(await at(10n, 20n)).toEqual([low, high, hiddenLow, hiddenHigh]);
      expect(await at(11n, 19n)).toEqual([high, hiddenLow]);
      expect(await at(0n, 0n)).toHaveLength(3);
      expect(await at(-5n, -4n)).toHaveLength(3);
    });

    test('are found by the market price of their decision, where that is outside the bounds', async () => {
      const make = async (changes: Partial<Offer>) => {
        const offer = offerWith({ currency: 'CAD', price: { kind: 'market', marginBp: 0 }, ...changes });
        await offers.add(offer);
        return offer.id;
      };
      const [low, , , high] = [
        await make({ cover: at(99n) }),
        await make({ cover: at(100n) }),
        await make({ cover: at(200n) }),
        await make({ cover: at(201n) }),
      ];
      await make({ cover: at(1n), state: 'paused' });
      await make({ cover: at(1n), unlisted: true });
      await make({ cover: cover(true), price: fixed(100n) });
      const bounds = { low: asMinorUnits(100n), high: asMinorUnits(200n) };
      expect(await offers.decidedOutside('CAD', bounds, 10)).toEqual([low, high]);
      const lowest = await make({ cover: at(0n) });
      expect(await offers.decidedOutside('CAD', bounds, 1)).toEqual([lowest, high]);
      expect(await offers.decidedOutside('USD', bounds, 10)).toEqual([]);
    });
  });

  test('an unlisted offer is in no list but its owner’s, until it is listed', async () => {
    const ownerId = fresh<AccountId>();
    const offer = offerWith({ ownerId, currency: 'GBP', unlisted: true });
    await offers.add(offer);
    expect(await offers.get(offer.id)).toEqual(offer);
    expect(ids((await offers.ofOwner(ownerId, { limit: 10 })).items)).toEqual([offer.id]);
    const range = { side: 'sell', currency: 'GBP', kind: 'fixed' } as const;
    const found = async () => [
      ids((await offers.newest({ currency: 'GBP' }, { limit: 10 })).items),
      (await offers.byPrice(range, {}, undefined, 10)).items.map(({ offer: { id } }) => id),
    ];
    expect(await found()).toEqual([[], []]);
    const { unlisted: _, ...listed } = offer;
    await offers.save({ ...listed, version: 2 });
    expect(await found()).toEqual([[offer.id], [offer.id]]);
  });
});
