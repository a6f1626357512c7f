import type { OfferId } from '#core/ids.ts';
import { TRADE_STARTS } from '#core/trades/limits.ts';
import { invoke } from '#tests/helpers/chain.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { outcomes } from '#tests/helpers/outcomes.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, type Person, people, person } from '#tests/helpers/person.ts';
import { anOffer, aTrade } from '#tests/helpers/trade.ts';

test('of fifty offers taken at once by a newcomer, three become trades', async () => {
  const [seller, taker] = await Promise.all([person().then((one) => one.withFunds('50')), person()]);
  const offer = await anOffer(seller);
  const take = () => taker.startTrade({ offerId: offer.id, amountXmr: '1' }, aKey());
  expect(await outcomes([...Array(50)].map(take))).toEqual({ given: 3, codes: ['too_many_open'] });
  expect(await seller.wallet()).toMatchObject({ availableXmr: '47', heldXmr: '3' });
}, 120_000);

test('a trade that ends frees its place, and a completed one raises the limit to ten', async () => {
  const { seller, buyer, trade } = await aTrade({ sellerStartsWith: '30', amountXmr: '1' });
  const { offerId } = trade;
  const take = () => buyer.startTrade({ offerId, amountXmr: '1' }, aKey());
  const [second] = [await take(), await take()];
  await expectProblem(take(), 409, 'too_many_open');

  await buyer.cancelTrade({ tradeId: second.id });
  await take();
  await expectProblem(take(), 409, 'too_many_open');

  await buyer.confirmPaymentSent({ tradeId: trade.id });
  await expectProblem(take(), 409, 'too_many_open');
  await seller.confirmPaymentReceived({ tradeId: trade.id });
  expect(await outcomes([...Array(12)].map(take))).toEqual({ given: 8, codes: ['too_many_open'] });
}, 60_000);

test('answers a repeated key and refuses a wrong amount before it checks the limit', async () => {
  const [seller, taker] = await Promise.all([person().then((one) => one.withFunds('10')), person()]);
  const offer = await anOffer(seller);
  const [key, body] = [aKey(), { offerId: offer.id, amountXmr: '1' }];
  const first = await taker.startTrade(body, key);
  for (const _ of [2, 3]) await taker.startTrade(body, aKey());

  expect(await taker.startTrade(body, key)).toEqual(first);
  const tooMuch = taker.startTrade({ ...body, amountXmr: '1000' }, aKey());
  await expectProblem(tooMuch, 422, 'amount_out_of_range');
  await expectProblem(taker.startTrade(body, aKey()), 409, 'too_many_open');
});

test('of fifty addresses requested at once twenty are given, and newcomers still get theirs', async () => {
  await invoke('watchDeposits');
  const greedy = await person();
  const asked = [...Array(50)].map(() => greedy.newDepositAddress());
  expect(await outcomes(asked)).toEqual({ given: 20, codes: ['too_many_open'] });

  const newcomers = await people(10);
  const wallets = await Promise.all(newcomers.map((one) => one.wallet()));
  const addresses = wallets.map(({ depositAddress }) => depositAddress);
  expect(addresses).not.toContain(undefined);
  expect(new Set(addresses).size).toBe(10);
  // The greedy account still has its wallet.
  expect(await greedy.wallet()).toHaveProperty('depositAddress');
}, 180_000);

test('of fifty simultaneous withdrawals five are queued, and a paid one frees its place', async () => {
  const someone = await person().then((one) => one.withFunds('10'));
  const address = await payee.newAddress();
  const ask = () => someone.requestWithdrawal({ address, amountXmr: '0.001' }, aKey());
  const { given, codes } = await outcomes([...Array(50)].map(ask));
  // The payer is at work meanwhile: each one that it prepares makes room for another.
  const { items } = await someone.listWithdrawals({ limit: '100' });
  expect(items).toHaveLength(given);
  expect(given).toBeGreaterThanOrEqual(5);
  expect(items.filter(({ state }) => state === 'queued').length).toBeLessThanOrEqual(5);
  expect(codes).toEqual(['too_many_open']);
}, 120_000);

test('refuses less than the smallest withdrawal, to the chain and to a member', async () => {
  const [someone, member] = await Promise.all([person().then((one) => one.withFunds('1')), person()]);
  for (const address of [await payee.newAddress(), await member.depositAddress()]) {
    const asked = { address, amountXmr: '0.000999999999' };
    await expectProblem(someone.quoteWithdrawal(asked), 422, 'amount_out_of_range');
    await expectProblem(someone.requestWithdrawal(asked, aKey()), 422, 'amount_out_of_range');
  }
});

test.each([
  [
    'trade starts',
    (one: Person) =>
      one.startTrade({ offerId: '01JZZZZZZZZZZZZZZZZZZZZZZZ' as OfferId, amountXmr: '1' }, aKey()),
    404,
  ],
  [
    'withdrawal requests',
    (one: Person) => one.requestWithdrawal({ address: 'x', amountXmr: '1' }, aKey()),
    422,
  ],
])(
  '%s of an account are counted by time, and those of others are not affected',
  async (_, request, status) => {
    const [hasty, other] = await people(2);
    const statusOf = (one: Person) =>
      request(one!).then(
        () => 0,
        (error) => error.problem.status,
      );
    // In rounds, because AWS has a limit of simultaneous requests of its own.
    const statuses: number[] = [];
    while (statuses.length < TRADE_STARTS.burst + 5)
      statuses.push(...(await Promise.all(Array.from({ length: 20 }, () => statusOf(hasty!)))));
    expect(statuses.filter((one) => one === 429).length).toBeGreaterThanOrEqual(4);
    expect(statuses.filter((one) => one === status).length).toBeGreaterThanOrEqual(TRADE_STARTS.burst);
    expect(await statusOf(other!)).toBe(status);
  },
);
