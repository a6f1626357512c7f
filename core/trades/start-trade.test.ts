import { overtakenBy } from '#tests/helpers/overtaken.ts';
import { BUYER, KEYED, SELLER, started, tradesWorld, xmr } from '#tests/helpers/trades-world.ts';
import type { TransferId } from '../ids.ts';
import { houseAccount, transfer, userAccount } from '../ledger/ledger.ts';
import { asPiconero } from '../money/xmr.ts';
import type { Offer } from '../offers/offers.ts';
import { isRefusal } from '../refusal.ts';
import { startTrade } from './start-trade.ts';

test('moves the XMR from seller to buyer, from the first step to the last', async () => {
  const world = await tradesWorld();
  const taking = { offerId: world.offer.id, amountFiat: '300.00' };
  const { id: tradeId } = started(await world.startTrade(taking, BUYER, KEYED));
  expect(world.balance(SELLER)).toEqual({ availablePiconero: xmr('3'), heldPiconero: xmr('2') });

  await world.confirmPaymentSent({ tradeId }, BUYER);
  await world.confirmPaymentReceived({ tradeId }, SELLER);

  expect(world.balance(SELLER)).toEqual({ availablePiconero: xmr('3'), heldPiconero: asPiconero(0n) });
  expect(world.balance(BUYER)).toEqual({ availablePiconero: xmr('2'), heldPiconero: asPiconero(0n) });
  await world.expectTheLedgerToBalance();
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
  const world = await tradesWorld({ offer: changes });
  const refused = await world.startTrade({ offerId: world.offer.id, ...taking }, BUYER, KEYED);
  expect(refused).toMatchObject({ refused: code });
  expect(world.balance(SELLER)).toEqual({ availablePiconero: xmr('5'), heldPiconero: asPiconero(0n) });
});

test('refuses an offer that is paused between reading and writing', async () => {
  const { ports, offers, offer, balance } = await tradesWorld();
  const pause = () => offers.save({ ...offer, state: 'paused', version: 2 });
  const overtaken = { ...ports, offers: overtakenBy(offers, pause) };
  const refused = await startTrade(overtaken)({ offerId: offer.id, ...start }, BUYER, KEYED);
  expect(refused).toMatchObject({ refused: 'offer_not_open' });
  expect(balance(SELLER).heldPiconero).toBe(0n);
});

test('gives the last XMR of a seller to one of three requests at once', async () => {
  const world = await tradesWorld({ sellerHas: '1' });
  const taking = { offerId: world.offer.id, amountXmr: xmr('1') };
  const results = await Promise.all([1, 2, 3].map(() => world.startTrade(taking, BUYER, KEYED)));
  expect(results.filter((result) => !isRefusal(result))).toHaveLength(1);
  await world.expectTheLedgerToBalance();
});

test('refuses the offer of a seller whose balance is below zero after a reversed deposit', async () => {
  const { books, balance, ports, offer } = await tradesWorld();
  books.apply([
    transfer({
      id: 'reversal' as TransferId,
      kind: 'deposit_reversal',
      debit: userAccount(SELLER.accountId),
      credit: houseAccount('deposits'),
      amountPiconero: xmr('6'),
      createdAt: ports.clock.now(),
    }),
  ]);
  expect(balance(SELLER).availablePiconero).toBe(-xmr('1'));
  const taken = await startTrade(ports)({ offerId: offer.id, amountFiat: '15.00' }, BUYER, KEYED);
  expect(taken).toMatchObject({ refused: 'insufficient_funds' });
  expect(balance(SELLER)).toEqual({ availablePiconero: -xmr('1'), heldPiconero: 0n });
});
