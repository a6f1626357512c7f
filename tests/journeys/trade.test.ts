import { aKey, person } from '#tests/helpers/person.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';

test('the seller receives the money, and the buyer owns the XMR', async () => {
  const { seller, buyer, trade } = await aTrade({
    amountXmr: '2',
    sellerStartsWith: '5',
    state: 'payment_sent',
  });
  expect(await seller.wallet()).toMatchObject({ availableXmr: '3', heldXmr: '2' });

  const completed = await seller.confirmPaymentReceived({ tradeId: trade.id });

  expect(completed).toMatchObject({
    state: 'completed',
    role: 'seller',
    amountXmr: '2',
    amountFiat: '200.00',
  });
  expect(await buyer.wallet()).toMatchObject({ availableXmr: '2', heldXmr: '0' });
  expect(await seller.wallet()).toMatchObject({ availableXmr: '3', heldXmr: '0' });
});

test('the owner of an offer to buy gets the XMR of its taker', async () => {
  const { seller, buyer, offer, trade } = await aTrade({ side: 'buy', state: 'completed' });

  expect(trade).toMatchObject({ offerId: offer.id, role: 'buyer', state: 'completed' });
  expect(trade.buyer.username).toBe(buyer.username);
  expect(trade.seller.username).toBe(seller.username);
  expect(await buyer.wallet()).toMatchObject({ availableXmr: '2', heldXmr: '0' });
  expect(await seller.wallet()).toMatchObject({ availableXmr: '3', heldXmr: '0' });
});

test('a filter on the state finds an open trade behind many ended ones', async () => {
  const { seller, buyer, offer, trade } = await aTrade({ amountXmr: '0.1' });
  for (let count = 0; count < 5; count += 1) {
    const { id } = await buyer.startTrade({ offerId: offer.id, amountXmr: '0.1' }, aKey());
    await buyer.cancelTrade({ tradeId: id });
  }
  for (const party of [seller, buyer]) {
    const { items, nextCursor } = await party.listMyTrades({ state: 'awaiting_payment', limit: '1' });
    expect(items).toMatchObject([{ id: trade.id }]);
    const rest =
      nextCursor && (await party.listMyTrades({ state: 'awaiting_payment', limit: '1', cursor: nextCursor }));
    expect(rest ? rest.items : []).toEqual([]);
    expect((await party.listMyTrades({ state: 'cancelled' })).items).toHaveLength(5);
  }
});

test('both parties see the trade in their list with their role, and its movements in their statement', async () => {
  const { seller, buyer, trade } = await aTrade({ state: 'completed' });

  const [sold, bought] = await Promise.all([
    seller.listMyTrades(),
    buyer.listMyTrades({ state: 'completed' }),
  ]);
  expect(sold.items).toMatchObject([{ id: trade.id, role: 'seller' }]);
  expect(bought.items).toMatchObject([{ id: trade.id, role: 'buyer' }]);
  expect((await buyer.listMyTrades({ state: 'cancelled' })).items).toEqual([]);
  const [out] = (await seller.listEntries()).items;
  expect(out).toMatchObject({
    tradeId: trade.id,
    direction: 'out',
    status: 'posted',
    amountXmr: '2',
    balanceXmr: '3',
  });
  const [into] = (await buyer.listEntries()).items;
  expect(into).toMatchObject({ tradeId: trade.id, direction: 'in', amountXmr: '2', balanceXmr: '2' });
});

test('a completed trade counts for both', async () => {
  const { buyer, trade } = await aTrade({ state: 'completed' });
  const { seller } = await buyer.getTrade({ tradeId: trade.id });
  expect([trade.buyer.tradesCompleted, seller.tradesCompleted]).toEqual([1, 1]);
});

test.each(['awaiting_payment', 'payment_sent'] as const)(
  'a buyer who cancels in %s gives the seller the XMR back',
  async (state) => {
    const { seller, buyer, trade } = await aTrade({ state });

    expect(await buyer.cancelTrade({ tradeId: trade.id })).toMatchObject({ state: 'cancelled' });

    expect(await seller.wallet()).toMatchObject({ availableXmr: '5', heldXmr: '0' });
    expect(await buyer.wallet()).toMatchObject({ availableXmr: '0', heldXmr: '0' });
    expect((await seller.listEntries()).items[0]).toMatchObject({ tradeId: trade.id, status: 'voided' });
  },
);

test('XMR for fiat rounds down to the piconero, fiat for XMR up to the cent', async () => {
  const [seller, buyer] = await Promise.all([person().then((one) => one.withFunds('5')), person()]);
  const offer = await anOffer(seller, { price: { kind: 'fixed', fiatPerXmr: '300.00' } });

  const byFiat = await buyer.startTrade({ offerId: offer.id, amountFiat: '100.00' }, aKey());
  expect(byFiat).toMatchObject({ amountFiat: '100.00', amountXmr: '0.333333333333', fiatPerXmr: '300.00' });
  const byXmr = await buyer.startTrade({ offerId: offer.id, amountXmr: '0.333333333334' }, aKey());
  expect(byXmr).toMatchObject({ amountFiat: '100.01', amountXmr: '0.333333333334' });
});

test('a trade keeps its terms when the offer changes, and continues when the offer is closed', async () => {
  const { seller, buyer, offer, trade } = await aTrade();
  const price = { kind: 'fixed', fiatPerXmr: '120.00' } as const;
  await seller.updateOffer({ offerId: offer.id, version: offer.version, price });
  await seller.closeOffer({ offerId: offer.id });

  await buyer.confirmPaymentSent({ tradeId: trade.id });
  expect(await seller.confirmPaymentReceived({ tradeId: trade.id })).toMatchObject({
    fiatPerXmr: '100.00',
    amountFiat: '200.00',
    state: 'completed',
  });
});
