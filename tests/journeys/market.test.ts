import { randomBytes } from 'node:crypto';
import { client } from '#tests/helpers/client.ts';
import { exchange } from '#tests/helpers/exchange.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';
import { until } from '#tests/helpers/until.ts';

const anyone = client();
/** A payment method that only this story uses, so that its list has no other offers. */
let method: string;
let owner: Person;

beforeEach(async () => {
  method = `test-${randomBytes(6).toString('hex')}`;
  // Enough for every offer of these stories, because the market lists no others.
  owner = await person().then((one) => one.withFunds('2'));
});

const fixed = (fiatPerXmr: string) => ({ kind: 'fixed', fiatPerXmr }) as const;
const selling = (terms: Parameters<typeof anOffer>[1]) => anOffer(owner, { methods: [method], ...terms });

test('each filter keeps only the matching offers', async () => {
  const euros = await selling({ minFiat: '10.00', maxFiat: '100.00' });
  const dollars = await selling({ currency: 'USD', minFiat: '100.00', maxFiat: '200.00' });
  const buying = await selling({ side: 'buy', minFiat: '50.00', maxFiat: '60.00' });

  const found = async (filter: Parameters<typeof anyone.listOffers>[0]) =>
    (await anyone.listOffers({ method, ...filter })).items.map(({ id }) => id);

  expect(await found({})).toEqual([buying.id, dollars.id, euros.id]);
  expect(await found({ side: 'buy' })).toEqual([buying.id]);
  expect(await found({ currency: 'EUR' })).toEqual([buying.id, euros.id]);
  expect(await found({ currency: 'EUR', side: 'sell' })).toEqual([euros.id]);
  expect(await found({ currency: 'EUR', amount: '55.00' })).toEqual([buying.id, euros.id]);
  expect(await found({ currency: 'EUR', amount: '100.00' })).toEqual([euros.id]);
  expect(await found({ currency: 'EUR', amount: '100.01' })).toEqual([]);
  expect(await found({ currency: 'EUR', side: 'sell', sort: 'price' })).toEqual([euros.id]);
});

test('the list by price has the best offer for the taker first, fixed and market prices together', async () => {
  const prices = [fixed('1.00'), { kind: 'market', marginBp: 0 } as const, fixed('99999.00')];
  for (const price of prices) await selling({ price });
  for (const price of prices) await selling({ price, side: 'buy' });

  const kinds = async (side: 'buy' | 'sell') => {
    const { items } = await anyone.listOffers({ method, side, currency: 'EUR', sort: 'price' });
    return items.map(({ price, fiatPerXmr }) => (price.kind === 'fixed' ? fiatPerXmr : 'market'));
  };
  expect(await kinds('sell')).toEqual(['1.00', 'market', '99999.00']);
  expect(await kinds('buy')).toEqual(['99999.00', 'market', '1.00']);
});

test.each(['newest', 'price'] as const)(
  'pages by %s together are the whole list, each offer once',
  async (sort) => {
    for (let count = 0; count < 5; count += 1)
      await selling({
        price: count % 2 ? fixed(`${count + 100}.00`) : { kind: 'market', marginBp: count * 100 },
      });
    const filter = { method, side: 'sell', currency: 'EUR', sort } as const;
    const whole = await anyone.listOffers({ ...filter, limit: '100' });
    expect(whole.items).toHaveLength(5);

    const seen: unknown[] = [];
    let cursor: string | undefined;
    do {
      const page = await anyone.listOffers({ ...filter, limit: '2', cursor });
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...page.items);
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(whole.items);
  },
);

test('pages by price have each offer once although prices change between two pages', async () => {
  const price = (rank: number) => fixed((100 + rank).toFixed(2));
  const made: Awaited<ReturnType<typeof selling>>[] = [];
  for (let rank = 0; rank < 9; rank += 1) made.push(await selling({ price: price(rank) }));
  const move = ({ id, version }: (typeof made)[number], to: number) =>
    owner.updateOffer({ offerId: id, version, price: price(to) });
  const filter = { method, side: 'sell', currency: 'EUR', sort: 'price', limit: '3' } as const;
  // A move just before the list begins is in its order.
  const begun = await move(made[8]!, -5);

  const first = await anyone.listOffers(filter);
  expect(first.items.map(({ id }) => id)).toEqual([8, 0, 1].map((at) => made[at]!.id));
  await move(made[0]!, 5.5);
  await move(made[5]!, -9);
  await move(begun, 50);
  const second = await anyone.listOffers({ ...filter, cursor: first.nextCursor });
  await move(made[3]!, 99);
  await move(made[6]!, -1);
  const third = await anyone.listOffers({ ...filter, cursor: second.nextCursor });

  const seen = [first, second, third].flatMap(({ items }) => items.map(({ id }) => id));
  expect(third.nextCursor).toBeUndefined();
  expect(seen).toHaveLength(9);
  expect(new Set(seen)).toEqual(new Set(made.map(({ id }) => id)));
  const again = await anyone.listOffers({ ...filter, limit: '3' });
  expect(again.items.map(({ id }) => id)).toEqual([5, 6, 1].map((at) => made[at]!.id));
});

test('a paused or closed offer is not on the market', async () => {
  const paused = await selling({});
  const closed = await selling({});
  await owner.updateOffer({ offerId: paused.id, version: 1, state: 'paused' });
  await owner.closeOffer({ offerId: closed.id });
  expect((await anyone.listOffers({ method })).items).toEqual([]);
  expect((await owner.listMyOffers()).items.map(({ state }) => state)).toEqual(['closed', 'paused']);
});

test('an offer to sell leaves the market while its XMR is held, and returns when it is free again', async () => {
  const [taker, small, large] = [
    await person(),
    await selling({ minFiat: '50.00' }),
    await selling({ minFiat: '150.00' }),
  ];
  const listed = async () => (await anyone.listOffers({ method })).items.map(({ id }) => id);
  const untilListed = (...ids: string[]) => until(listed, (found) => found.join() === ids.join());
  await untilListed(large.id, small.id);

  const trade = await taker.startTrade({ offerId: small.id, amountXmr: '1.2' }, aKey());
  await untilListed(small.id);
  const mine = async () =>
    (await owner.listMyOffers()).items.map(({ id, listed, notListedBecause }) => [
      id,
      listed,
      notListedBecause,
    ]);
  expect(await mine()).toEqual([
    [large.id, false, 'insufficient_funds'],
    [small.id, true, undefined],
  ]);
  expect(await anyone.getOffer({ offerId: large.id })).toMatchObject({ state: 'open', version: 1 });
  await expectProblem(
    taker.startTrade({ offerId: large.id, amountXmr: '1.5' }, aKey()),
    409,
    'insufficient_funds',
  );

  await taker.cancelTrade({ tradeId: trade.id });
  await untilListed(large.id, small.id);
});

test('an offer of an owner without XMR is listed after a draw, a payment by a member, or a deposit', async () => {
  const [poor, giver] = [await person(), await person().then((one) => one.withFunds('1'))];
  const offer = await anOffer(poor, { methods: [method], minFiat: '90.00' });
  expect(offer).toMatchObject({ listed: false, notListedBecause: 'insufficient_funds' });
  const isListed = async () => (await anyone.listOffers({ method })).items.some(({ id }) => id === offer.id);
  expect(await isListed()).toBe(false);
  const address = await poor.depositAddress();
  await giver.requestWithdrawal({ address, amountXmr: '0.5' }, aKey());
  await poor.withFunds('0.4');
  await until(isListed, (found) => found);
  await poor.requestWithdrawal({ address: await giver.depositAddress(), amountXmr: '0.001' }, aKey());
  await until(isListed, (found) => !found);
});

test('an unlisted offer is taken by its link, and is in no list but its owner’s', async () => {
  const offer = await selling({ unlisted: true });
  expect(offer).toMatchObject({ unlisted: true, listed: false, notListedBecause: 'unlisted' });
  expect((await anyone.listOffers({ method })).items).toEqual([]);
  const taker = await person();
  expect(await taker.getOffer({ offerId: offer.id })).toMatchObject({ unlisted: true, state: 'open' });
  await taker.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey());
  const shown = await owner.updateOffer({ offerId: offer.id, version: 1, unlisted: false });
  expect(shown).toMatchObject({ listed: true });
  expect((await anyone.listOffers({ method })).items.map(({ id }) => id)).toEqual([offer.id]);
});

test('refuses a cursor that is forged or from another list or other filters', async () => {
  await selling({});
  await selling({});
  const { nextCursor = '' } = await anyone.listOffers({ method, limit: '1' });
  expect(nextCursor).not.toBe('');
  const forged = `${nextCursor.startsWith('A') ? 'B' : 'A'}${nextCursor.slice(1)}`;
  const misuses = [
    anyone.listOffers({ method, cursor: forged }),
    anyone.listOffers({ method, cursor: 'x' }),
    anyone.listOffers({ cursor: nextCursor }),
    anyone.listOffers({ method, side: 'buy', cursor: nextCursor }),
    owner.listMyOffers({ cursor: nextCursor }),
  ];
  await Promise.all(misuses.map((misuse) => expectProblem(misuse, 400, 'invalid_cursor')));
});

test.each([
  ['colour=red', 'colour'],
  ['limit=0', 'limit'],
  ['limit=101', 'limit'],
  ['limit=1e1', 'limit'],
  ['side=both', 'side'],
  ['sort=price', 'side'],
  ['side=sell&sort=price', 'currency'],
  ['amount=10', 'currency'],
])('a question that makes no sense is refused: %s', async (query, path) => {
  expect(await exchange('GET', `/offers?${query}`)).toMatchObject({
    status: 400,
    body: { code: 'invalid_request', errors: [{ path }] },
  });
});
