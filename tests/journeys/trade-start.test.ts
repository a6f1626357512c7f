import type { OfferId } from '#core/ids.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { aKey, type Person, person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';

let seller: Person;
let buyer: Person;

beforeEach(async () => {
  [seller, buyer] = await Promise.all([person().then((one) => one.withFunds('5')), person()]);
});

afterEach(async () => {
  expect(await seller.wallet()).toMatchObject({ availableXmr: '5', heldXmr: '0' });
});

const take = (offerId: OfferId, amountXmr: string, more: object = {}) =>
  buyer.startTrade({ offerId, amountXmr, ...more }, aKey());

test("one's own offer cannot be taken", async () => {
  const offer = await anOffer(seller);
  const own = seller.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey());
  await expectProblem(own, 409, 'own_offer');
});

test('an offer that is paused or closed cannot be taken', async () => {
  const offer = await anOffer(seller);
  const paused = await seller.updateOffer({ offerId: offer.id, version: offer.version, state: 'paused' });
  await expectProblem(take(offer.id, '1'), 409, 'offer_not_open', { state: 'paused' });
  await seller.closeOffer({ offerId: paused.id });
  await expectProblem(take(offer.id, '1'), 409, 'offer_not_open', { state: 'closed' });
});

test('an amount outside the limits of the offer is refused, one at its ends is not too small', async () => {
  const offer = await anOffer(seller, { minFiat: '50.00', maxFiat: '90.00' });
  await expectProblem(take(offer.id, '0.4999'), 422, 'amount_out_of_range');
  await expectProblem(take(offer.id, '0.9001'), 422, 'amount_out_of_range');
  const trade = await take(offer.id, '0.9');
  await buyer.cancelTrade({ tradeId: trade.id });
});

test('more than the seller has is refused', async () => {
  const offer = await anOffer(seller);
  await expectProblem(take(offer.id, '5.000000000001'), 409, 'insufficient_funds');
});

test('who takes an offer to buy must have the XMR', async () => {
  const offer = await anOffer(seller, { side: 'buy' });
  await expectProblem(take(offer.id, '1'), 409, 'insufficient_funds');
});

test('a method that the offer does not take is refused; of several, one must be named', async () => {
  const offer = await anOffer(seller, { methods: ['sepa', 'wise'] });
  await expectProblem(take(offer.id, '1', { method: 'paypal' }), 422, 'method_not_offered');
  await expectProblem(take(offer.id, '1'), 422, 'method_not_offered');
  const trade = await take(offer.id, '1', { method: 'wise' });
  expect(trade.method).toBe('wise');
  await buyer.cancelTrade({ tradeId: trade.id });
});

test('a price that is no longer the one the taker saw is refused', async () => {
  const offer = await anOffer(seller);
  await expectProblem(take(offer.id, '1', { fiatPerXmr: '99.00' }), 409, 'price_changed');
  const trade = await take(offer.id, '1', { fiatPerXmr: '100.00' });
  await buyer.cancelTrade({ tradeId: trade.id });
});

test('an offer that does not exist is not found', async () => {
  await expectProblem(take('no-such-offer' as OfferId, '1'), 404, 'not_found');
});

test('the checks come in their order: a wrong amount before a closed offer, before the funds', async () => {
  const offer = await anOffer(seller);
  await seller.closeOffer({ offerId: offer.id });
  await expectProblem(take(offer.id, '1000'), 422, 'amount_out_of_range');
  await expectProblem(take(offer.id, '50'), 409, 'offer_not_open');
});
