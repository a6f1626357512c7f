import { keyed } from '#tests/helpers/entities.ts';
import { BUYER, granted, SELLER, STRANGER, testWorld, xmr } from '#tests/helpers/world.ts';
import { MEMBER } from '../accounts/standing.ts';
import type { Caller } from '../caller.ts';
import type { PaymentAccountId, TradeId } from '../ids.ts';
import { createOffer } from '../offers/create-offer.ts';
import { addPaymentAccount } from '../payment-accounts/add-payment-account.ts';
import { removePaymentAccount } from '../payment-accounts/remove-payment-account.ts';
import { updatePaymentAccount } from '../payment-accounts/update-payment-account.ts';
import { DAY_MS } from '../time.ts';
import { erasePaymentDetails } from './erase-payment-details.ts';
import { getTrade } from './get-trade.ts';
import { listMyTrades } from './list-my-trades.ts';
import { referenceOf } from './reference.ts';
import { startTrade, unstoredFields } from './start-trade.ts';

const IBAN = 'DE89370400440532013000';
const OTHER_IBAN = 'FR1420041010050500013M02606';
const SEPA = { method: 'sepa', label: 'Green bank', fields: { name: 'Ann B.', iban: IBAN } };
const DETAILS = [
  { name: 'name', value: 'Ann B.' },
  { name: 'iban', value: IBAN },
];
const TERMS = {
  currency: 'EUR',
  price: { kind: 'market' as const, marginBp: 0 },
  minFiat: '10.00',
  maxFiat: '900.00',
  methods: ['sepa', 'pigeon post'],
  paymentWindowMinutes: 30,
};

async function aWorld() {
  const world = testWorld();
  const { ports } = world;
  world.give(SELLER, xmr('5'));
  const add = async (given: { method: string; label: string; fields: object }, caller = SELLER) =>
    granted(await addPaymentAccount(ports)(given as typeof SEPA, caller)).id;
  const sepa = await add(SEPA);
  const taking = { amountFiat: '150.00', method: 'sepa' };
  return {
    ...world,
    add,
    sepa,
    taking,
    update: updatePaymentAccount(ports),
    remove: (id = sepa) => removePaymentAccount(ports)({ paymentAccountId: id }, SELLER),
    erase: erasePaymentDetails(ports),
    offerTo: async (side: 'buy' | 'sell', ids?: PaymentAccountId[]) => {
      const owner = side === 'sell' ? SELLER : BUYER;
      return granted(await createOffer(ports)({ ...TERMS, side, paymentAccountIds: ids }, owner)).id;
    },
    shown: async (tradeId: TradeId, caller: Caller = BUYER) =>
      granted(await getTrade(ports)({ tradeId }, caller, MEMBER)),
  };
}

type World = Awaited<ReturnType<typeof aWorld>>;

/** A trade that the buyer has started, and the answer that is stored with the key. */
async function aTrade(world: World) {
  const offerId = await world.offerTo('sell', [world.sepa]);
  const call = keyed(BUYER);
  const stored: unknown[] = [];
  const remember: typeof call.remember = (...args) => {
    stored.push(...args);
    return call.remember(...args);
  };
  const trade = granted(await world.startTrade({ offerId, ...world.taking }, BUYER, { remember }));
  return { trade, stored };
}

test('both parties see where to pay and the reference, and nobody else does', async () => {
  const world = await aWorld();
  const { trade } = await aTrade(world);
  const { id: tradeId } = trade;
  const seen = { paymentDetails: DETAILS, reference: referenceOf(tradeId) };
  expect(trade).toMatchObject(seen);
  for (const party of [BUYER, SELLER]) {
    expect(await world.shown(tradeId, party)).toMatchObject(seen);
    const { items } = await listMyTrades(world.ports)({ page: { limit: 10 } }, party);
    expect(items).toMatchObject([seen]);
  }
  expect(await getTrade(world.ports)({ tradeId }, STRANGER, MEMBER)).toEqual({ refused: 'not_found' });
});

test('the details are neither in the stored trade, nor in its events, nor in the stored answer', async () => {
  const world = await aWorld();
  const { trade, stored } = await aTrade(world);
  const kept = [await world.trades.get(trade.id), world.books.events, stored];
  const text = JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? `${value}` : value));
  for (const word of [IBAN, 'Ann B.', 'Green']) expect(text).not.toContain(word);
  expect(stored[0]).not.toHaveProperty('paymentDetails');
  expect(await unstoredFields(world.ports)({ tradeId: trade.id }, BUYER)).toEqual({
    paymentDetails: DETAILS,
  });
  expect(await unstoredFields(world.ports)({ tradeId: trade.id }, STRANGER)).toEqual({});
});

test('details that were copied into another trade cannot be opened', async () => {
  const world = await aWorld();
  const [one, other] = [(await aTrade(world)).trade, (await aTrade(world)).trade];
  const { sealedDetails } = (await world.trades.get(one.id))!;
  const swapped = { ...(await world.trades.get(other.id))!, sealedDetails: sealedDetails! };
  const ports = { ...world.ports, trades: { ...world.trades, get: async () => swapped } };
  await expect(getTrade(ports)({ tradeId: other.id }, BUYER, MEMBER)).rejects.toThrow();
});

test('a running trade keeps its details when the payment account is changed or removed', async () => {
  const world = await aWorld();
  const { trade } = await aTrade(world);
  const fields = { name: 'Ann B.', iban: OTHER_IBAN };
  granted(await world.update({ paymentAccountId: world.sepa, version: 1, fields }, SELLER));
  expect(await world.shown(trade.id)).toMatchObject({ paymentDetails: DETAILS });
  await world.remove();
  expect(await world.shown(trade.id)).toMatchObject({ paymentDetails: DETAILS });
});

test('the trade has the newest details of a payment account that changes while it starts', async () => {
  const world = await aWorld();
  const fields = { name: 'Ann B.', iban: OTHER_IBAN };
  world.between('paymentAccounts', 'get', async () => {
    granted(await world.update({ paymentAccountId: world.sepa, version: 1, fields }, SELLER));
  });
  const { trade } = await aTrade(world);
  expect(trade.paymentDetails).toEqual([
    { name: 'name', value: 'Ann B.' },
    { name: 'iban', value: OTHER_IBAN },
  ]);
});

test('a trade starts without details if the maker removes the payment account meanwhile', async () => {
  const world = await aWorld();
  world.between('paymentAccounts', 'get', () => world.remove());
  const { trade } = await aTrade(world);
  expect(trade).not.toHaveProperty('paymentDetails');
});

test.each([
  ['no payment account', []],
  ['one for another method', ['pigeon'] as const],
])('a trade of an offer with %s starts without details', async (_, named) => {
  const world = await aWorld();
  const pigeon = await world.add({ method: 'pigeon post', label: 'Pigeon', fields: {} });
  const offerId = await world.offerTo(
    'sell',
    named.map(() => pigeon),
  );
  for (const method of ['sepa', 'pigeon post']) {
    const taken = await world.startTrade({ offerId, ...world.taking, method }, BUYER, keyed(BUYER));
    expect(granted(taken)).not.toHaveProperty('paymentDetails');
  }
});

describe('a taker who sells', () => {
  const taken = async (world: World, paymentAccountId?: PaymentAccountId, changes: object = {}) => {
    const offerId = await world.offerTo('buy');
    const taking = { offerId, ...world.taking, ...(paymentAccountId && { paymentAccountId }), ...changes };
    return world.startTrade(taking, SELLER, keyed(SELLER));
  };

  test('names a payment account, and may leave it out', async () => {
    const world = await aWorld();
    expect(await taken(world, world.sepa)).toMatchObject({ role: 'seller', paymentDetails: DETAILS });
    expect(granted(await taken(world))).not.toHaveProperty('paymentDetails');
  });

  test.each<[string, (world: World) => Promise<PaymentAccountId>, object, string]>([
    ['an unknown one', async () => 'unknown' as PaymentAccountId, {}, 'is not one of your payment accounts'],
    ['that of another', ({ add }) => add(SEPA, BUYER), {}, 'is not one of your payment accounts'],
    [
      'one for another method',
      async ({ sepa }) => sepa,
      { method: 'pigeon post' },
      'is for another payment method than the trade',
    ],
  ])('may not name %s', async (_, accountIn, changes, message) => {
    const world = await aWorld();
    expect(await taken(world, await accountIn(world), changes)).toEqual({
      refused: 'invalid_request',
      errors: [{ path: 'paymentAccountId', message }],
    });
    expect(world.balance(SELLER).heldPiconero).toBe(0n);
  });

  test('is refused if the payment account is removed while the trade starts', async () => {
    const world = await aWorld();
    world.between('paymentAccounts', 'get', () => world.remove());
    expect(await taken(world, world.sepa)).toMatchObject({ refused: 'invalid_request' });
    expect(world.balance(SELLER).heldPiconero).toBe(0n);
  });

  test('a taker who buys names none', async () => {
    const world = await aWorld();
    const offerId = await world.offerTo('sell', [world.sepa]);
    const taking = { offerId, ...world.taking, paymentAccountId: await world.add(SEPA, BUYER) };
    expect(await world.startTrade(taking, BUYER, keyed(BUYER))).toMatchObject({
      errors: [{ path: 'paymentAccountId', message: 'only a taker who sells names a payment account' }],
    });
  });
});

test('a trade gets another id and reference if an open trade of the seller has its reference', async () => {
  const world = await aWorld();
  const offerId = await world.offerTo('sell');
  const start = async () =>
    granted(await world.startTrade({ offerId, ...world.taking }, BUYER, keyed(BUYER)));
  const first = await start();
  const { next } = world.ids;
  let isUsed = false;
  // The first id that is made gives the second trade the reference of the first one.
  const ids = {
    next: <T extends string>() => {
      const id = isUsed ? next<T>() : (first.id as string as T);
      isUsed = true;
      return id;
    },
  };
  const second = granted(
    await startTrade({ ...world.ports, ids })({ offerId, ...world.taking }, BUYER, keyed(BUYER)),
  );
  expect(second.reference).not.toBe(first.reference);
  expect(world.balance(SELLER).heldPiconero).toBe(xmr('2'));
});

describe('after the end', () => {
  async function ended(world: World) {
    const { trade } = await aTrade(world);
    await world.confirmPaymentSent({ tradeId: trade.id }, BUYER);
    granted(await world.confirmPaymentReceived({ tradeId: trade.id }, SELLER));
    return trade.id;
  }

  test('the details are shown for 30 days, and erased then', async () => {
    const world = await aWorld();
    const tradeId = await ended(world);
    world.pass(30 * DAY_MS - 1);
    expect(await world.shown(tradeId)).toMatchObject({ paymentDetails: DETAILS });
    expect(await world.erase()).toBe(0);
    world.pass(2);
    expect(await world.shown(tradeId)).not.toHaveProperty('paymentDetails');
    expect((await world.trades.get(tradeId))!.sealedDetails).toBeDefined();
    expect(await world.erase()).toBe(1);
    expect(await world.erase()).toBe(0);
    expect((await world.trades.get(tradeId))!.sealedDetails).toBeUndefined();
    expect(await world.shown(tradeId)).toMatchObject({ state: 'completed', reference: expect.any(String) });
  });

  test('a trade whose details cannot be erased is reported, and the others are erased', async () => {
    const world = await aWorld();
    const [broken, whole] = [await ended(world), await ended(world)];
    world.pass(31 * DAY_MS);
    const eraseDetails: typeof world.trades.eraseDetails = async (trade) => {
      if (trade.id === broken) throw new Error(`trade ${broken} cannot be erased`);
      await world.trades.eraseDetails(trade);
    };
    const erase = erasePaymentDetails({ ...world.ports, trades: { ...world.trades, eraseDetails } });
    await expect(erase()).rejects.toThrow(broken);
    expect((await world.trades.get(whole))!.sealedDetails).toBeUndefined();
  });

  test('an open trade keeps its details, however old it is', async () => {
    const world = await aWorld();
    const { trade } = await aTrade(world);
    await world.confirmPaymentSent({ tradeId: trade.id }, BUYER);
    world.pass(400 * DAY_MS);
    expect(await world.erase()).toBe(0);
    expect(await world.shown(trade.id)).toMatchObject({ paymentDetails: DETAILS });
  });
});
