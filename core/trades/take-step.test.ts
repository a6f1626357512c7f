import { overtakenBy } from '#tests/helpers/overtaken.ts';
import {
  BUYER,
  guardedTradesWorld,
  KEYED,
  STRANGER,
  started,
  tradesWorld,
} from '#tests/helpers/trades-world.ts';
import { isRefusal } from '../refusal.ts';
import { cancelTrade } from './cancel-trade.ts';

const REQUIRED = { refused: 'second_factor_required' };
const WRONG = { refused: 'wrong_second_factor' };

test('decides a step again if another step was faster', async () => {
  const { ports, offer, ...world } = await tradesWorld();
  const taking = { offerId: offer.id, amountFiat: '300.00' };
  const { id: tradeId } = started(await world.startTrade(taking, BUYER, KEYED));
  const pay = () => world.confirmPaymentSent({ tradeId }, BUYER);
  const overtaken = { ...ports, trades: overtakenBy(ports.trades, pay) };

  expect(await cancelTrade(overtaken)({ tradeId }, BUYER)).toMatchObject({ state: 'cancelled', version: 3 });
  await world.expectTheLedgerToBalance();
});

test('a seller with a second factor releases with a code, which is then spent', async () => {
  const { caller, codes, begin, ...world } = await guardedTradesWorld('seller');
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
  const { caller, codes, begin, ...world } = await guardedTradesWorld('seller');
  const tradeId = await begin();
  await world.confirmPaymentSent({ tradeId }, BUYER);
  const done = await world.confirmPaymentReceived({ tradeId, code: codes[0]! }, caller);
  expect(await world.confirmPaymentReceived({ tradeId }, caller)).toEqual(done);
});

test('checks the role before the second factor, and the state after it', async () => {
  const { caller, taker, begin, ...world } = await guardedTradesWorld('seller');
  const tradeId = await begin();
  expect(await world.confirmPaymentReceived({ tradeId }, STRANGER)).toEqual({ refused: 'not_found' });
  expect(await world.cancelTrade({ tradeId }, caller)).toEqual({ refused: 'not_your_step' });
  expect(await world.confirmPaymentReceived({ tradeId }, taker)).toEqual({ refused: 'not_your_step' });
  expect(await world.confirmPaymentReceived({ tradeId }, caller)).toEqual(REQUIRED);
});

test('a step out of order leaves the code unspent', async () => {
  const { caller, codes, begin, ...world } = await guardedTradesWorld('seller');
  const tradeId = await begin();
  const release = { tradeId, code: codes[0]! };
  const early = await world.confirmPaymentReceived(release, caller);
  expect(early).toEqual({ refused: 'out_of_order', state: 'awaiting_payment' });
  await world.confirmPaymentSent({ tradeId }, BUYER);
  expect(await world.confirmPaymentReceived(release, caller)).toMatchObject({ state: 'completed' });
});

test('one code on three trades at once releases one', async () => {
  const { caller, codes, begin, ...world } = await guardedTradesWorld('seller');
  const trades = [await begin(), await begin(), await begin()];
  for (const tradeId of trades) await world.confirmPaymentSent({ tradeId }, BUYER);
  const answers = await Promise.all(
    trades.map((tradeId) => world.confirmPaymentReceived({ tradeId, code: codes[0]! }, caller)),
  );
  expect(answers.filter(isRefusal)).toEqual([WRONG, WRONG]);
});

test('the buyer cancels without a code before the payment was sent, and with one afterwards', async () => {
  const { caller, codes, begin, ...world } = await guardedTradesWorld('buyer');
  const [unpaid, paid] = [await begin(), await begin()];
  expect(await world.cancelTrade({ tradeId: unpaid }, caller)).toMatchObject({ state: 'cancelled' });
  await world.confirmPaymentSent({ tradeId: paid }, caller);
  expect(await world.cancelTrade({ tradeId: paid }, caller)).toEqual(REQUIRED);
  const cancelled = await world.cancelTrade({ tradeId: paid, code: codes[0]! }, caller);
  expect(cancelled).toMatchObject({ state: 'cancelled' });
  expect(await world.cancelTrade({ tradeId: paid }, caller)).toEqual(cancelled);
});

test('a cancellation needs a code if the payment was sent between its reading and writing', async () => {
  const { caller, begin, ports, ...world } = await guardedTradesWorld('buyer');
  const tradeId = await begin();
  const pay = () => world.confirmPaymentSent({ tradeId }, caller);
  const overtaken = { ...ports, trades: overtakenBy(ports.trades, pay) };
  expect(await cancelTrade(overtaken)({ tradeId }, caller)).toEqual(REQUIRED);
});
