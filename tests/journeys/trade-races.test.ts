import { setTimeout as sleep } from 'node:timers/promises';
import { ProblemError } from '#contract/client.ts';
import { invoke } from '#tests/helpers/chain.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { outcomes } from '#tests/helpers/outcomes.ts';
import { aKey, type Person, people, person } from '#tests/helpers/person.ts';
import { anOffer } from '#tests/helpers/trade.ts';

const aSeller = (xmr: string) => person().then((one) => one.withFunds(xmr));

test.each([2, 50])(
  'of %i people who take the last XMR simultaneously, one gets it',
  async (count) => {
    const [seller, takers] = await Promise.all([aSeller('1'), people(count)]);
    const offer = await anOffer(seller);

    const results = await Promise.allSettled(
      takers.map((taker) => taker.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey())),
    );

    const refusals = results.filter((result) => result.status === 'rejected').map(({ reason }) => reason);
    const codes = refusals.map((reason) =>
      reason instanceof ProblemError ? reason.problem.code : `${reason}`,
    );
    expect(new Set(codes)).toEqual(new Set(['insufficient_funds']));
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await seller.wallet()).toMatchObject({ availableXmr: '0', heldXmr: '1' });
    expect((await seller.listMyTrades({ limit: '100' })).items).toHaveLength(1);
  },
  120_000,
);

test('the same key twice gives the same answer, and the trade exists once', async () => {
  const [seller, buyer] = await Promise.all([aSeller('5'), person()]);
  const offer = await anOffer(seller);
  const [key, body] = [aKey(), { offerId: offer.id, amountXmr: '2' }];

  const first = await buyer.startTrade(body, key);
  await buyer.confirmPaymentSent({ tradeId: first.id });
  const second = await buyer.startTrade(body, key);

  expect(second).toEqual(first);
  expect(await seller.wallet()).toMatchObject({ availableXmr: '3', heldXmr: '2' });
});

test('ten simultaneous requests with one key get one answer, and the trade exists once', async () => {
  const [seller, buyer] = await Promise.all([aSeller('5'), person()]);
  const offer = await anOffer(seller);
  const [key, body] = [aKey(), { offerId: offer.id, amountXmr: '5' }];

  const answers = await Promise.all(Array.from({ length: 10 }, () => buyer.startTrade(body, key)));

  expect(new Set(answers.map((trade) => JSON.stringify(trade))).size).toBe(1);
  expect(await seller.wallet()).toMatchObject({ availableXmr: '0', heldXmr: '5' });
  expect((await buyer.listMyTrades()).items).toHaveLength(1);
});

test('refuses the same key with another body, even after the first request became impossible', async () => {
  const [seller, buyer] = await Promise.all([aSeller('5'), person()]);
  const offer = await anOffer(seller);
  const key = aKey();
  const first = await buyer.startTrade({ offerId: offer.id, amountXmr: '5' }, key);

  const other = buyer.startTrade({ offerId: offer.id, amountXmr: '4' }, key);

  await expectProblem(other, 422, 'idempotency_key_reused');
  await seller.closeOffer({ offerId: offer.id });
  expect(await buyer.startTrade({ offerId: offer.id, amountXmr: '5' }, key)).toEqual(first);
});

test('a key belongs to one account, and a refused request does not use it up', async () => {
  const [seller, buyer, other] = await Promise.all([aSeller('2'), person(), person()]);
  const offer = await anOffer(seller);
  const key = aKey();
  await expectProblem(
    buyer.startTrade({ offerId: offer.id, amountXmr: '3' }, key),
    409,
    'insufficient_funds',
  );

  const mine = await buyer.startTrade({ offerId: offer.id, amountXmr: '1' }, key);
  const theirs = await other.startTrade({ offerId: offer.id, amountXmr: '1' }, key);

  expect(mine.id).not.toBe(theirs.id);
});

test.each<[string, { fiatPerXmr: string } | 'paused' | 'closed']>([
  ['a new price', { fiatPerXmr: '200.00' }],
  ['a pause', 'paused'],
  ['a close', 'closed'],
])('of takes and %s at once, each trade that starts has the terms it was taken at', async (_, change) => {
  const seller = await aSeller('10');
  const takers = await people(5);
  const { id: offerId } = await anOffer(seller);
  const edit = () => {
    if (change === 'closed') return seller.closeOffer({ offerId });
    if (change === 'paused') return seller.updateOffer({ offerId, version: 1, state: 'paused' });
    return seller.updateOffer({ offerId, version: 1, price: { kind: 'fixed', ...change } });
  };
  const take = (taker: Person) => taker.startTrade({ offerId, amountXmr: '1', fiatPerXmr: '100.00' }, aKey());
  const takes = outcomes(takers.map(take));
  await edit();
  const { given, codes } = await takes;

  const expected = typeof change === 'string' ? 'offer_not_open' : 'price_changed';
  expect(codes.filter((code) => code !== expected)).toEqual([]);
  const trades = (await seller.listMyTrades()).items;
  expect(trades.map(({ fiatPerXmr }) => fiatPerXmr)).toEqual(Array(given).fill('100.00'));
  expect(await seller.wallet()).toMatchObject({ availableXmr: `${10 - given}`, heldXmr: `${given}` });
  await expectProblem(take(takers[0]!), 409, expected);
});

test('of an expiry and a confirmation that the payment was sent at once, one wins', async () => {
  const [seller, buyer] = await Promise.all([aSeller('3'), person()]);
  const { id: offerId } = await anOffer(seller, { paymentWindowMinutes: 1 });
  const trades = await Promise.all(
    Array.from({ length: 3 }, () => buyer.startTrade({ offerId, amountXmr: '1' }, aKey())),
  );
  const last = Math.max(...trades.map(({ paymentExpiresAt }) => Date.parse(paymentExpiresAt)));
  await sleep(last - Date.now() - 20);
  const sent = outcomes(trades.map(({ id }) => buyer.confirmPaymentSent({ tradeId: id })));
  await Promise.all([invoke('expireTrades'), invoke('expireTrades')]);
  const { given } = await sent;
  await sleep(100);
  await invoke('expireTrades');

  const states = await Promise.all(
    trades.map(async ({ id }) => (await seller.getTrade({ tradeId: id })).state),
  );
  expect(states.filter((state) => state === 'payment_sent')).toHaveLength(given);
  expect(states.filter((state) => state === 'expired')).toHaveLength(3 - given);
  expect(await seller.wallet()).toMatchObject({ availableXmr: `${3 - given}`, heldXmr: `${given}` });
}, 120_000);
