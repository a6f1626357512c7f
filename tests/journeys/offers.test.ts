import type { OfferId } from '#core/ids.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { aKey, people, person } from '#tests/helpers/person.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';

test('everybody sees an offer as its owner wrote it', async () => {
  const [owner, reader] = await people(2);
  const offer = await anOffer(owner!, {
    terms: 'I answer at once.',
    price: { kind: 'market', marginBp: 150 },
  });
  expect(offer).toMatchObject({
    owner: { username: owner?.username, tradesCompleted: 0 },
    side: 'sell',
    price: { kind: 'market', marginBp: 150 },
    state: 'open',
    terms: 'I answer at once.',
    version: 1,
  });
  const { listed, notListedBecause, ...shown } = offer;
  expect([listed, notListedBecause]).toEqual([false, 'insufficient_funds']);
  expect(await reader?.getOffer({ offerId: offer.id })).toEqual(shown);
  expect((await owner?.listMyOffers())?.items).toEqual([offer]);
  expect((await reader?.listMyOffers())?.items).toEqual([]);
});

test('a market price follows the rate with its margin', async () => {
  const owner = await person();
  const { items } = await owner.listRates();
  const rate = items.find(({ currency }) => currency === 'EUR');
  const offer = await anOffer(owner, { price: { kind: 'market', marginBp: 10_000 } });
  expect(Number(offer.fiatPerXmr)).toBeCloseTo(2 * Number(rate?.fiatPerXmr), 2);
});

test('an owner changes an offer, and a change of an older version is refused', async () => {
  const owner = await person();
  const offer = await anOffer(owner);
  const price = { kind: 'fixed', fiatPerXmr: '110.00' } as const;
  const changed = await owner.updateOffer({ offerId: offer.id, version: 1, price, maxFiat: '500.00' });
  expect(changed).toMatchObject({ fiatPerXmr: '110.00', maxFiat: '500.00', minFiat: '1.00', version: 2 });

  const stale = owner.updateOffer({ offerId: offer.id, version: 1, state: 'paused' });
  await expectProblem(stale, 409, 'changed_since');
  expect((await owner.listMyOffers()).items).toEqual([changed]);
});

test('of two changes at once, one wins', async () => {
  const owner = await person();
  const { id: offerId } = await anOffer(owner);
  const results = await Promise.allSettled(
    ['300.00', '400.00'].map((maxFiat) => owner.updateOffer({ offerId, version: 1, maxFiat })),
  );
  const [refusal, ...others] = results.filter((result) => result.status === 'rejected');
  expect(others).toEqual([]);
  await expectProblem(Promise.reject(refusal?.reason), 409, 'changed_since');
});

test('a paused offer comes back, a closed one does not', async () => {
  const owner = await person();
  const { id: offerId } = await anOffer(owner);
  const paused = await owner.updateOffer({ offerId, version: 1, state: 'paused' });
  const open = await owner.updateOffer({ offerId, version: paused.version, state: 'open' });
  expect([paused.state, open.state]).toEqual(['paused', 'open']);

  await owner.closeOffer({ offerId });
  const closed = await owner.getOffer({ offerId });
  expect(closed.state).toBe('closed');
  const reopened = owner.updateOffer({ offerId, version: closed.version, state: 'open' });
  await expectProblem(reopened, 409, 'offer_not_open');
});

test('an owner pauses all offers, which nobody can take, and opens the same ones again', async () => {
  const { seller, buyer, offer, trade } = await aTrade({ sellerStartsWith: '9' });
  const alone = await anOffer(seller, { side: 'buy' });
  await seller.updateOffer({ offerId: alone.id, version: 1, state: 'paused' });
  const another = await anOffer(seller);
  const listed = async () => (await buyer.listOffers({ limit: '100' })).items.map(({ id }) => id);
  const stateOf = async ({ id }: { id: OfferId }) => (await buyer.getOffer({ offerId: id })).state;
  const states = () => Promise.all([offer, another, alone].map(stateOf));

  expect(await seller.pauseMyOffers()).toEqual({ changed: 2 });
  expect(await states()).toEqual(['paused', 'paused', 'paused']);
  expect(await listed()).not.toEqual(expect.arrayContaining([offer.id]));
  const taken = buyer.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey());
  await expectProblem(taken, 409, 'offer_not_open');
  expect(await seller.pauseMyOffers()).toEqual({ changed: 0 });

  await buyer.confirmPaymentSent({ tradeId: trade.id });
  await seller.confirmPaymentReceived({ tradeId: trade.id });

  expect(await seller.resumeMyOffers()).toEqual({ changed: 2 });
  expect(await states()).toEqual(['open', 'open', 'paused']);
  expect(await listed()).toEqual(expect.arrayContaining([offer.id, another.id]));
  expect(await seller.resumeMyOffers()).toEqual({ changed: 0 });
});

test('only its owner changes or closes an offer', async () => {
  const [owner, stranger] = await people(2);
  const { id: offerId } = await anOffer(owner!);
  await expectProblem(stranger!.updateOffer({ offerId, version: 1, state: 'paused' }), 403, 'not_allowed');
  await expectProblem(stranger!.closeOffer({ offerId }), 403, 'not_allowed');
  const none = 'no-such-offer' as OfferId;
  await expectProblem(owner!.closeOffer({ offerId: none }), 404, 'not_found');
  await expectProblem(owner!.getOffer({ offerId: none }), 404, 'not_found');
});

test('refuses an unsupported currency and contradictory limits', async () => {
  const owner = await person();
  await expectProblem(anOffer(owner, { currency: 'XAU' }), 422, 'unsupported_currency');
  await expectProblem(anOffer(owner, { minFiat: '9.00', maxFiat: '8.00' }), 422, 'amount_out_of_range');
});

test('a currency has its own decimals', async () => {
  const owner = await person();
  const yen = { currency: 'JPY', price: { kind: 'fixed', fiatPerXmr: '24500' }, maxFiat: '90000' } as const;
  expect(await anOffer(owner, { ...yen, minFiat: '1000' })).toMatchObject({ minFiat: '1000' });
  await expectProblem(anOffer(owner, { ...yen, minFiat: '1000.5' }), 400, 'invalid_request', {
    errorPaths: ['minFiat'],
  });
});
