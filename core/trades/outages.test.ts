import { keyed } from '#tests/helpers/entities.ts';
import { dying } from '#tests/helpers/faulty.ts';
import { BUYER, granted, SELLER, STRANGER, testWorld, xmr } from '#tests/helpers/world.ts';
import { MEMBER } from '../accounts/standing.ts';
import type { Caller } from '../caller.ts';
import type { TradeId } from '../ids.ts';
import { MINUTE_MS, SECOND_MS } from '../time.ts';
import { expireTrades } from './expire-trades.ts';
import { getTrade } from './get-trade.ts';
import { listMyTrades } from './list-my-trades.ts';

const EVERY = { everyMs: MINUTE_MS };

/** A market whose timer has run on its schedule, and trades with a payment window of some minutes. */
async function aMarket() {
  const world = testWorld();
  world.give(SELLER, xmr('50'));
  const run = (call: { everyMs?: number } = EVERY) => expireTrades(world.ports)(call);
  const start = async (minutes: number, taker: Caller = BUYER) => {
    const offer = await world.publish({ paymentWindowMinutes: minutes });
    const taking = { offerId: offer.id, amountXmr: xmr('1') };
    return granted(await world.startTrade(taking, taker, keyed(taker))).id;
  };
  const see = async (tradeId: TradeId, by: Caller = BUYER) =>
    granted(await getTrade(world.ports)({ tradeId }, by, MEMBER));
  await run();
  return { ...world, run, start, see };
}

/** Lets time pass while the timer runs each minute. */
async function running({ pass, run }: Awaited<ReturnType<typeof aMarket>>, minutes: number) {
  for (let minute = 0; minute < minutes; minute += 1) {
    pass(MINUTE_MS);
    await run();
  }
}

test('time in which the timer did not run does not count against an unpaid trade', async () => {
  const market = await aMarket();
  const { start, see, pass, run } = market;
  const tradeId = await start(2);
  const { paymentExpiresAt, version } = await see(tradeId);
  pass(10 * MINUTE_MS);
  // The window ended in the outage. Nothing expires before the time is given back.
  expect(await see(tradeId)).toMatchObject({ state: 'awaiting_payment', version });
  expect(await run()).toBe(0);
  const moved = await see(tradeId);
  expect(moved).toMatchObject({
    state: 'awaiting_payment',
    paymentExpiresAt: paymentExpiresAt + 10 * MINUTE_MS,
    version: version + 1,
  });
  expect(await see(tradeId, SELLER)).toMatchObject({ version: version + 1 });
  await running(market, 1);
  expect(await market.confirmPaymentSent({ tradeId }, BUYER)).toMatchObject({ state: 'payment_sent' });
});

test('a trade that got its time back expires at its new end', async () => {
  const market = await aMarket();
  const tradeId = await market.start(2);
  market.pass(10 * MINUTE_MS);
  await market.run();
  await running(market, 1);
  expect(await market.see(tradeId)).toMatchObject({ state: 'awaiting_payment' });
  market.pass(MINUTE_MS + 1);
  expect(await market.see(tradeId)).toMatchObject({ state: 'expired', endedBy: 'time' });
  expect(await market.run()).toBe(1);
  expect(market.balance(SELLER).heldPiconero).toBe(0n);
});

test('the buyer may pay during an outage, and is told of the longer window by an event', async () => {
  const market = await aMarket();
  const [paid, unpaid] = [await market.start(2), await market.start(2, STRANGER)];
  market.pass(10 * MINUTE_MS);
  expect(await market.confirmPaymentSent({ tradeId: paid }, BUYER)).toMatchObject({ state: 'payment_sent' });
  await market.run();
  const moved = market.books.events.filter(({ type }) => type === 'trade_window_moved');
  expect(moved).toMatchObject([
    { tradeId: unpaid, accountIds: [STRANGER.accountId, SELLER.accountId], version: 2 },
  ]);
});

test('a run that is a little late is no outage', async () => {
  const market = await aMarket();
  const tradeId = await market.start(1);
  const { paymentExpiresAt } = await market.see(tradeId);
  market.pass(90 * SECOND_MS);
  expect(await market.see(tradeId)).toMatchObject({ state: 'expired', paymentExpiresAt });
  expect(await market.run()).toBe(1);
});

test('a trade that began during an outage gets back only the time since then', async () => {
  const market = await aMarket();
  market.pass(10 * MINUTE_MS);
  const tradeId = await market.start(30);
  const { paymentExpiresAt } = await market.see(tradeId);
  market.pass(3 * MINUTE_MS);
  await market.run();
  expect(await market.see(tradeId)).toMatchObject({ paymentExpiresAt: paymentExpiresAt + 3 * MINUTE_MS });
});

test('a window that was over before the outage stays over', async () => {
  const market = await aMarket();
  const tradeId = await market.start(1);
  // The timer runs once more, but leaves this trade for its next run.
  market.pass(MINUTE_MS + SECOND_MS);
  const overdue = async () => ({ items: [], unreadable: [] });
  await expireTrades({ ...market.ports, trades: { ...market.trades, overdue } })(EVERY);
  market.pass(10 * MINUTE_MS);
  expect(await market.see(tradeId)).toMatchObject({ state: 'expired' });
  expect(await market.run()).toBe(1);
});

test('where no schedule runs, a call by hand finds no outage', async () => {
  const world = testWorld();
  world.give(SELLER, xmr('5'));
  const offer = await world.publish({ paymentWindowMinutes: 2 });
  const taking = { offerId: offer.id, amountXmr: xmr('1') };
  granted(await world.startTrade(taking, BUYER, keyed(BUYER)));
  const byHand = expireTrades(world.ports);
  expect(await byHand()).toBe(0);
  world.pass(10 * MINUTE_MS);
  expect(await byHand()).toBe(1);
  expect(await world.trades.timer()).toBeUndefined();
});

test('a call by hand settles the outage of a schedule that was turned off, once', async () => {
  const market = await aMarket();
  const tradeId = await market.start(2);
  const { paymentExpiresAt } = await market.see(tradeId);
  market.pass(10 * MINUTE_MS);
  await market.run({});
  expect(await market.see(tradeId)).toMatchObject({ paymentExpiresAt: paymentExpiresAt + 10 * MINUTE_MS });
  market.pass(10 * MINUTE_MS);
  expect(await market.see(tradeId)).toMatchObject({ state: 'expired' });
  expect(await market.run({})).toBe(1);
});

test('two runs at once move each trade once', async () => {
  const market = await aMarket();
  const tradeId = await market.start(2);
  const { paymentExpiresAt } = await market.see(tradeId);
  market.pass(10 * MINUTE_MS);
  await Promise.all([market.run(), market.run()]);
  expect(await market.see(tradeId)).toMatchObject({
    paymentExpiresAt: paymentExpiresAt + 10 * MINUTE_MS,
    version: 2,
  });
});

test.each(['before', 'after'] as const)(
  'a run that dies %s any call leaves the rest to the next one, and no trade is moved twice',
  async (when) => {
    for (let at = 1; at < 40; at += 1) {
      const market = await aMarket();
      const ids = [await market.start(2), await market.start(3), await market.start(60)];
      const ends = await Promise.all(ids.map(async (id) => (await market.see(id)).paymentExpiresAt));
      market.pass(10 * MINUTE_MS);
      const { ports } = dying(market.ports, ['trades'], { at, when });
      const died = await expireTrades(ports)(EVERY).then(
        () => false,
        () => true,
      );
      for (const id of ids) expect((await market.see(id)).state).toBe('awaiting_payment');
      // If the outage was not stored, the next run finds a longer one.
      const minutes = (await market.trades.timer())?.outage ? 10 : 11;
      market.pass(MINUTE_MS);
      await market.run();
      for (const [n, id] of ids.entries())
        expect(await market.see(id)).toMatchObject({
          state: 'awaiting_payment',
          paymentExpiresAt: ends[n]! + minutes * MINUTE_MS,
          version: 2,
        });
      if (!died) return;
    }
    throw new Error('the run never ended');
  },
);

test('reads the timer only for trades whose window is over', async () => {
  const market = await aMarket();
  const tradeId = await market.start(2);
  let reads = 0;
  const timer = () => {
    reads += 1;
    return market.trades.timer();
  };
  const ports = { ...market.ports, trades: { ...market.trades, timer } };
  await getTrade(ports)({ tradeId }, BUYER, MEMBER);
  await listMyTrades(ports)({ page: { limit: 10 } }, BUYER);
  expect(reads).toBe(0);
  market.pass(3 * MINUTE_MS);
  await getTrade(ports)({ tradeId }, BUYER, MEMBER);
  expect(reads).toBe(1);
});
