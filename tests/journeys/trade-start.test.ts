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

test("refuses to take one's own offer", async () => {
  const offer = await anOffer(seller);
  const own = seller.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey());
  await expectProblem(own, 409, 'own_offer');
});

test('refuses to take a paused or closed offer', async () => {
  const offer = await anOffer(seller);
  const paused = await seller.updateOffer({ offerId: offer.id, version: offer.version, state: 'paused' });
  await expectProblem(take(offer.id, '1'), 409, 'offer_not_open', { state: 'paused' });
  await seller.closeOffer({ offerId: paused.id });
  await expectProblem(take(offer.id, '1'), 409, 'offer_not_open', { state: 'closed' });
});

test('refuses an amount outside the limits of the offer and accepts its lower limit', async () => {
  const offer = await anOffer(seller, { minFiat: '50.00', maxFiat: '90.00' });
  await expectProblem(take(offer.id, '0.4999'), 422, 'amount_out_of_range');
  await expectProblem(take(offer.id, '0.9001'), 422, 'amount_out_of_range');
  const trade = await take(offer.id, '0.9');
  await buyer.cancelTrade({ tradeId: trade.id });
});

test('refuses more than the balance of the seller', async () => {
  const offer = await anOffer(seller);
  await expectProblem(take(offer.id, '5.000000000001'), 409, 'insufficient_funds');
});

test('the taker of an offer to buy must have the XMR', async () => {
  const offer = await anOffer(seller, { side: 'buy' });
  await expectProblem(take(offer.id, '1'), 409, 'insufficient_funds');
});

test('refuses a method that the offer lacks, and a missing method if the offer has several', async () => {
  const offer = await anOffer(seller, { methods: ['sepa', 'wise'] });
  await expectProblem(take(offer.id, '1', { method: 'paypal' }), 422, 'method_not_offered');
  await expectProblem(take(offer.id, '1'), 422, 'method_not_offered');
  const trade = await take(offer.id, '1', { method: 'wise' });
  expect(trade.method).toBe('wise');
  await buyer.cancelTrade({ tradeId: trade.id });
});

test('refuses a price that changed since the taker saw it', async () => {
  const offer = await anOffer(seller);
  await expectProblem(take(offer.id, '1', { fiatPerXmr: '99.00' }), 409, 'price_changed');
  const trade = await take(offer.id, '1', { fiatPerXmr: '100.00' });
  await buyer.cancelTrade({ tradeId: trade.id });
});

test('does not find an offer that does not exist', async () => {
  await expectProblem(take('no-such-offer' as OfferId, '1'), 404, 'not_found');
});

test('checks the amount before the state of the offer, and that before the funds', async () => {
  const offer = await anOffer(seller);
  await seller.closeOffer({ offerId: offer.id });
  await expectProblem(take(offer.id, '1000'), 422, 'amount_out_of_range');
  await expectProblem(take(offer.id, '50'), 409, 'offer_not_open');
});
