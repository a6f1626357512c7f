import { keyed } from '#tests/helpers/entities.ts';
import { BUYER, granted, SELLER, STRANGER, testWorld, xmr } from '#tests/helpers/world.ts';
import type { TradeId } from '../ids.ts';
import { isRefusal } from '../refusal.ts';

/** The seller's open offer and XMR, and the start of a trade by `taker`. */
async function aMarket(world = testWorld(), seller = SELLER, taker = BUYER) {
  const offer = await world.publish({ ownerId: seller.accountId });
  world.give(seller, xmr('5'));
  const begin = async () => {
    const taking = { offerId: offer.id, amountFiat: '150.00' };
    return granted(await world.startTrade(taking, taker, keyed(taker))).id;
  };
  return { ...world, begin };
}

/** A market whose seller or buyer has a second factor. `codes` are the recovery codes of that account, `caller`. */
async function aGuardedMarket(guarded: 'seller' | 'buyer') {
  const world = testWorld();
  const { caller, recoveryCodes: codes } = await world.registerWithTotp('guarded');
  const [seller, taker] = guarded === 'seller' ? [caller, BUYER] : [SELLER, caller];
  return { ...(await aMarket(world, seller, taker)), caller, taker, codes };
}

const REQUIRED = { refused: 'second_factor_required' };
const WRONG = { refused: 'wrong_second_factor' };

test('decides a step again if another step was faster', async () => {
  const { begin, ...world } = await aMarket();
  const tradeId = await begin();
  world.between('trades', 'get', () => world.confirmPaymentSent({ tradeId }, BUYER));

  const cancelled = await world.cancelTrade({ tradeId }, BUYER);

  expect(cancelled).toMatchObject({ state: 'cancelled', version: 3 });
});

test('a seller with a second factor releases with a code, which is then spent', async () => {
  const { caller, codes, begin, ...world } = await aGuardedMarket('seller');
  const [first, second] = [await begin(), await begin()];
  for (const tradeId of [first, second]) await world.confirmPaymentSent({ tradeId }, BUYER);
  expect(await world.confirmPaymentReceived({ tradeId: first }, caller)).toEqual(REQUIRED);
  expect(await world.confirmPaymentReceived({ tradeId: first, code: 'no' }, caller)).toEqual(WRONG);
  expect(world.balance(BUYER).availablePiconero).toBe(0n);

  const code = codes[0]!;
  expect(await world.confirmPaymentReceived({ tradeId: first, code }, caller)).toMatchObject({
    state: 'completed',
  });
  expect(await world.confirmPaymentReceived({ tradeId: second, code }, caller)).toEqual(WRONG);
});

test('a step that is done needs no code', async () => {
  const { caller, codes, begin, ...world } = await aGuardedMarket('seller');
  const tradeId = await begin();
  await world.confirmPaymentSent({ tradeId }, BUYER);
  const done = await world.confirmPaymentReceived({ tradeId, code: codes[0]! }, caller);
  expect(await world.confirmPaymentReceived({ tradeId }, caller)).toEqual(done);
});

test('checks the role before the second factor, and the state after it', async () => {
  const { caller, taker, begin, ...world } = await aGuardedMarket('seller');
  const tradeId = await begin();
  expect(await world.confirmPaymentReceived({ tradeId }, STRANGER)).toEqual({ refused: 'not_found' });
  expect(await world.cancelTrade({ tradeId }, caller)).toEqual({ refused: 'not_your_step' });
  expect(await world.confirmPaymentReceived({ tradeId }, taker)).toEqual({ refused: 'not_your_step' });
  expect(await world.confirmPaymentReceived({ tradeId }, caller)).toEqual(REQUIRED);

  const guarded = await aGuardedMarket('buyer');
  const received = guarded.confirmPaymentReceived({ tradeId: await guarded.begin() }, guarded.caller);
  expect(await received).toEqual({ refused: 'not_your_step' });
});

test('refuses a step of a trade that does not exist', async () => {
  const world = testWorld();
  for (const step of [world.confirmPaymentSent, world.confirmPaymentReceived, world.cancelTrade])
    expect(await step({ tradeId: 'unknown' as TradeId }, BUYER)).toEqual({ refused: 'not_found' });
});

test('a completed trade counts for both of its parties', async () => {
  const { begin, people, ...world } = await aGuardedMarket('buyer');
  const tradeId = await begin();
  await world.confirmPaymentSent({ tradeId }, world.caller);
  const { accountId } = world.caller;
  const completed = async () => (await people.getMany([accountId])).get(accountId)?.tradesCompleted;
  expect(await completed()).toBe(0);
  await world.confirmPaymentReceived({ tradeId }, SELLER);
  expect(await completed()).toBe(1);
});

test('a step out of order leaves the code unspent', async () => {
  const { caller, codes, begin, ...world } = await aGuardedMarket('seller');
  const tradeId = await begin();
  const release = { tradeId, code: codes[0]! };
  const early = await world.confirmPaymentReceived(release, caller);
  expect(early).toEqual({ refused: 'out_of_order', state: 'awaiting_payment' });
  await world.confirmPaymentSent({ tradeId }, BUYER);
  expect(await world.confirmPaymentReceived(release, caller)).toMatchObject({ state: 'completed' });
});

test('one code on three trades at once releases one', async () => {
  const { caller, codes, begin, ...world } = await aGuardedMarket('seller');
  const trades = [await begin(), await begin(), await begin()];
  for (const tradeId of trades) await world.confirmPaymentSent({ tradeId }, BUYER);
  const answers = await Promise.all(
    trades.map((tradeId) => world.confirmPaymentReceived({ tradeId, code: codes[0]! }, caller)),
  );
  expect(answers.filter(isRefusal)).toEqual([WRONG, WRONG]);
});

test('the buyer cancels without a code before the payment was sent, and with one afterwards', async () => {
  const { caller, codes, begin, ...world } = await aGuardedMarket('buyer');
  const [unpaid, paid] = [await begin(), await begin()];
  expect(await world.cancelTrade({ tradeId: unpaid }, caller)).toMatchObject({ state: 'cancelled' });
  await world.confirmPaymentSent({ tradeId: paid }, caller);
  expect(await world.cancelTrade({ tradeId: paid }, caller)).toEqual(REQUIRED);
  const cancelled = await world.cancelTrade({ tradeId: paid, code: codes[0]! }, caller);
  expect(cancelled).toMatchObject({ state: 'cancelled' });
  expect(await world.cancelTrade({ tradeId: paid }, caller)).toEqual(cancelled);
});

test('a cancellation needs a code if the payment was sent between its reading and writing', async () => {
  const { caller, begin, ...world } = await aGuardedMarket('buyer');
  const tradeId = await begin();
  world.between('trades', 'get', () => world.confirmPaymentSent({ tradeId }, caller));
  expect(await world.cancelTrade({ tradeId }, caller)).toEqual(REQUIRED);
});
