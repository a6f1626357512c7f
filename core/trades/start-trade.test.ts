import { keyed } from '#tests/helpers/entities.ts';
import { BUYER, granted, SELLER, testWorld, xmr } from '#tests/helpers/world.ts';
import type { OfferId } from '../ids.ts';
import { asPiconero } from '../money/xmr.ts';
import type { Offer } from '../offers/offers.ts';
import { isRefusal } from '../refusal.ts';
import { listEntries } from '../wallet/list-entries.ts';

/** The seller's open offer with these fields changed, and XMR that the seller owns. */
async function aMarket(changes: Partial<Offer> = {}, sellerHas = xmr('5')) {
  const world = testWorld();
  world.give(SELLER, sellerHas);
  return { ...world, offer: await world.publish(changes) };
}

test('moves the XMR from seller to buyer, from the first step to the last', async () => {
  const world = await aMarket();
  const taking = { offerId: world.offer.id, amountFiat: '300.00' };
  const { id: tradeId } = granted(await world.startTrade(taking, BUYER, keyed(BUYER)));
  expect(world.balance(SELLER)).toEqual({ availablePiconero: xmr('3'), heldPiconero: xmr('2') });

  await world.confirmPaymentSent({ tradeId }, BUYER);
  await world.confirmPaymentReceived({ tradeId }, SELLER);

  expect(world.balance(SELLER)).toEqual({ availablePiconero: xmr('3'), heldPiconero: asPiconero(0n) });
  expect(world.balance(BUYER)).toEqual({ availablePiconero: xmr('2'), heldPiconero: asPiconero(0n) });
});

const start = { amountFiat: '300.00' };
test.each<[string, Partial<Offer>, object, string]>([
  ['below its limits', {}, { amountFiat: '9.99' }, 'amount_out_of_range'],
  ['above its limits', {}, { amountXmr: xmr('7') }, 'amount_out_of_range'],
  ['with a method that it does not offer', {}, { ...start, method: 'cash' }, 'method_not_offered'],
  ['without a method if it offers two', { methods: ['sepa', 'wise'] }, start, 'method_not_offered'],
  ['of the caller', { ownerId: BUYER.accountId }, start, 'own_offer'],
  ['that is paused', { state: 'paused' }, start, 'offer_not_open'],
  ['at another price than the seen one', {}, { ...start, fiatPerXmr: '149.99' }, 'price_changed'],
  [
    'that follows a market without a price',
    { price: { kind: 'market', marginBp: 0 } },
    start,
    'price_unavailable',
  ],
  ['with more decimals than the currency has', {}, { amountFiat: '300.001' }, 'invalid_request'],
  ['that the seller cannot pay', {}, { amountXmr: xmr('6') }, 'insufficient_funds'],
])('refuses an offer %s, and holds nothing', async (_, changes, taking, code) => {
  const world = await aMarket(changes);
  world.prices.clear('EUR');
  const refused = await world.startTrade({ offerId: world.offer.id, ...taking }, BUYER, keyed(BUYER));
  expect(refused).toMatchObject({ refused: code });
  expect(world.balance(SELLER)).toEqual({ availablePiconero: xmr('5'), heldPiconero: asPiconero(0n) });
});

test('refuses an offer that is paused between reading and writing', async () => {
  const world = await aMarket();
  const { offer } = world;
  world.between('offers', 'get', () => world.offers.save({ ...offer, state: 'paused', version: 2 }));
  const refused = await world.startTrade({ offerId: offer.id, ...start }, BUYER, keyed(BUYER));
  expect(refused).toMatchObject({ refused: 'offer_not_open' });
  expect(world.balance(SELLER).heldPiconero).toBe(0n);
});

test('gives the last XMR of a seller to one of three requests at once', async () => {
  const world = await aMarket({}, xmr('1'));
  const taking = { offerId: world.offer.id, amountXmr: xmr('1') };
  const results = await Promise.all([1, 2, 3].map(() => world.startTrade(taking, BUYER, keyed(BUYER))));
  expect(results.filter((result) => !isRefusal(result))).toHaveLength(1);
});

test('refuses the offer of a seller whose balance is below zero after a reversed deposit', async () => {
  const world = await aMarket({}, xmr('5'));
  await world.overdraw(SELLER, xmr('6'));
  expect(world.balance(SELLER).availablePiconero).toBe(-xmr('1'));
  const taking = { offerId: world.offer.id, amountFiat: '15.00' };
  const taken = await world.startTrade(taking, BUYER, keyed(BUYER));
  expect(taken).toMatchObject({ refused: 'insufficient_funds' });
  expect(world.balance(SELLER)).toEqual({ availablePiconero: -xmr('1'), heldPiconero: 0n });
});

test('refuses an offer that does not exist', async () => {
  const world = await aMarket();
  const taking = { offerId: 'unknown' as OfferId, ...start };
  expect(await world.startTrade(taking, BUYER, keyed(BUYER))).toEqual({ refused: 'not_found' });
});

test('who takes an offer to buy is the seller, whose XMR is held', async () => {
  const world = await aMarket({ side: 'buy', ownerId: BUYER.accountId });
  const taking = { offerId: world.offer.id, ...start };
  const trade = granted(await world.startTrade(taking, SELLER, keyed(SELLER)));
  expect(trade).toMatchObject({ role: 'seller', allowedSteps: [] });
  expect(await world.trades.get(trade.id)).toMatchObject({
    buyerId: BUYER.accountId,
    sellerId: SELLER.accountId,
    takerId: SELLER.accountId,
  });
  expect(world.balance(SELLER)).toEqual({ availablePiconero: xmr('3'), heldPiconero: xmr('2') });
});

test('a trade keeps the terms of its offer, and its hold is a line of the statement', async () => {
  const world = await aMarket({ terms: 'be quick' });
  const taking = { offerId: world.offer.id, ...start };
  const trade = granted(await world.startTrade(taking, BUYER, keyed(BUYER)));
  expect(trade).toMatchObject({ terms: 'be quick' });
  const { items } = await listEntries(world.ports)({ page: { limit: 1 } }, SELLER);
  expect(items).toMatchObject([{ kind: 'trade', tradeId: trade.id, status: 'pending', amountXmr: xmr('2') }]);
});
