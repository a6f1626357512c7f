import { setTimeout as sleep } from 'node:timers/promises';
import { invoke } from '#tests/helpers/chain.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { aKey, person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';

test('a trade whose time ran out is over at once, and the timer gives the XMR back, once', async () => {
  const [seller, buyer] = await Promise.all([person().then((one) => one.withFunds('5')), person()]);
  const offer = await anOffer(seller, { paymentWindowMinutes: 1 });
  const start = (amountXmr: string) => buyer.startTrade({ offerId: offer.id, amountXmr }, aKey());
  const [late, inTime] = [await start('2'), await start('1')];
  await buyer.confirmPaymentSent({ tradeId: inTime.id });
  await sleep(Date.parse(late.paymentExpiresAt) - Date.now() + 500);

  const one = { tradeId: late.id };
  expect(await buyer.getTrade(one)).toMatchObject({ state: 'expired' });
  await expectProblem(buyer.confirmPaymentSent(one), 409, 'out_of_order', { state: 'expired' });
  await Promise.all([invoke('expireTrades'), invoke('expireTrades')]);

  expect(await seller.wallet()).toMatchObject({ availableXmr: '4', heldXmr: '1' });
  expect((await seller.listMyTrades({ state: 'expired' })).items).toMatchObject([{ id: late.id }]);
  await seller.confirmPaymentReceived({ tradeId: inTime.id });
  expect(await buyer.wallet()).toMatchObject({ availableXmr: '1' });
}, 90_000);

test('a schedule that stood still for the whole payment window costs the buyer nothing', async () => {
  const [seller, buyer] = await Promise.all([person().then((one) => one.withFunds('2')), person()]);
  const offer = await anOffer(seller, { paymentWindowMinutes: 1 });
  const scheduled = () => invoke('expireTrades', { everySeconds: 1 });
  try {
    await scheduled();
    const trade = await buyer.startTrade({ offerId: offer.id, amountXmr: '2' }, aKey());
    const one = { tradeId: trade.id };
    await sleep(Date.parse(trade.paymentExpiresAt) - Date.now() + 500);
    expect(await buyer.getTrade(one)).toMatchObject({ state: 'awaiting_payment', version: 1 });

    await Promise.all([scheduled(), scheduled()]);
    await scheduled();

    const moved = await buyer.getTrade(one);
    expect(moved).toMatchObject({ state: 'awaiting_payment', version: 2 });
    expect(await seller.getTrade(one)).toMatchObject({
      version: 2,
      paymentExpiresAt: moved.paymentExpiresAt,
    });
    const givenBackMs = Date.parse(moved.paymentExpiresAt) - Date.parse(trade.paymentExpiresAt);
    expect(givenBackMs).toBeGreaterThan(59_000);
    await buyer.confirmPaymentSent(one);
    await seller.confirmPaymentReceived(one);
  } finally {
    // A call by hand ends the watch over the schedule, which nothing runs here.
    await invoke('expireTrades');
  }
}, 120_000);
