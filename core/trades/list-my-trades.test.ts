import { keyed } from '#tests/helpers/entities.ts';
import { BUYER, granted, SELLER, STRANGER, testWorld, xmr } from '#tests/helpers/world.ts';
import { MINUTE_MS } from '../time.ts';
import { listMyTrades } from './list-my-trades.ts';
import type { TradeState } from './states.ts';

/** Two trades of an offer with a payment window of 30 minutes, the first of them paid. */
async function twoTrades() {
  const world = testWorld();
  const offer = await world.publish();
  world.give(SELLER, xmr('5'));
  const begin = async () =>
    granted(await world.startTrade({ offerId: offer.id, amountXmr: xmr('1') }, BUYER, keyed(BUYER))).id;
  const [paid, unpaid] = [await begin(), await begin()];
  await world.confirmPaymentSent({ tradeId: paid }, BUYER);
  const list = async (state?: TradeState, caller = BUYER) => {
    const page = { limit: 10 };
    const { items } = await listMyTrades(world.ports)(state ? { state, page } : { page }, caller);
    return items.map(({ id }) => id);
  };
  return { ...world, paid, unpaid, list };
}

test('lists the trades of both parties, newest first, and of nobody else', async () => {
  const { list, paid, unpaid } = await twoTrades();
  expect(await list()).toEqual([unpaid, paid]);
  expect(await list(undefined, SELLER)).toEqual([unpaid, paid]);
  expect(await list(undefined, STRANGER)).toEqual([]);
});

test('lists the trades in one state only', async () => {
  const { list, paid, unpaid } = await twoTrades();
  expect(await list('payment_sent')).toEqual([paid]);
  expect(await list('awaiting_payment')).toEqual([unpaid]);
  expect(await list('completed')).toEqual([]);
});

test('lists a trade past its payment window as expired, before the timer runs', async () => {
  const { list, pass, paid, unpaid } = await twoTrades();
  pass(30 * MINUTE_MS);
  expect(await list('expired')).toEqual([unpaid]);
  expect(await list('awaiting_payment')).toEqual([]);
  expect(await list('payment_sent')).toEqual([paid]);
  expect(await list()).toEqual([unpaid, paid]);
});

test('shows the usernames of both parties', async () => {
  const { ports, register, callerOf, publish, give, startTrade } = testWorld();
  const [ann, bob] = [callerOf(await register('ann')), callerOf(await register('bob'))];
  const offer = await publish({ ownerId: ann.accountId });
  give(ann, xmr('5'));
  await startTrade({ offerId: offer.id, amountXmr: xmr('1') }, bob, keyed(bob));
  const { items } = await listMyTrades(ports)({ page: { limit: 10 } }, bob);
  expect(items).toMatchObject([{ seller: { username: 'ann' }, buyer: { username: 'bob' }, role: 'buyer' }]);
});
