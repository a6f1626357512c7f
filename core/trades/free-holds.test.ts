import { keyed } from '#tests/helpers/entities.ts';
import { BUYER, granted, SELLER, testWorld, xmr } from '#tests/helpers/world.ts';
import type { TradeId, TransferId } from '../ids.ts';
import { hold, userAccount } from '../ledger/ledger.ts';
import { HOUR_MS, MINUTE_MS } from '../time.ts';
import { freeHolds } from './free-holds.ts';

/** A seller with 5 XMR, of which 1 is held by a trade, and 1 by a trade that is not there. */
async function aStrayHold() {
  const world = testWorld();
  world.give(SELLER, xmr('5'));
  const offer = await world.publish({ paymentWindowMinutes: 240 });
  const taking = { offerId: offer.id, amountXmr: xmr('1') };
  const { id: tradeId } = granted(await world.startTrade(taking, BUYER, keyed(BUYER)));
  const stray = hold({
    id: world.newId<TransferId>(),
    kind: 'trade',
    tradeId: 'gone' as TradeId,
    debit: userAccount(SELLER.accountId),
    credit: userAccount(BUYER.accountId),
    amountPiconero: xmr('1'),
    createdAt: world.clock.now(),
  });
  world.books.apply([stray]);
  return { ...world, tradeId, stray, free: freeHolds(world.ports) };
}

test('the audit finds a hold that no trade explains, and the schedule frees it, once', async () => {
  const { faults, stray, free, pass, balance, trades, tradeId } = await aStrayHold();
  expect(faults()).toEqual([`transfer ${stray.transfer.id} (trade) has no cause`]);
  expect(await free()).toBe(0);
  pass(11 * MINUTE_MS);
  expect(await free()).toBe(1);
  expect(faults()).toEqual([]);
  expect(balance(SELLER)).toEqual({ availablePiconero: xmr('4'), heldPiconero: xmr('1') });
  expect(await trades.get(tradeId)).toMatchObject({ state: 'awaiting_payment' });
  expect(await free()).toBe(0);
});

test('the holds of trades that go on stay, and a step that is faster wins', async () => {
  const { free, pass, tradeId, cancelTrade, balance, ...world } = await aStrayHold();
  pass(HOUR_MS);
  world.between('trades', 'heldBefore', () => cancelTrade({ tradeId }, BUYER));
  expect(await free()).toBe(1);
  expect(balance(SELLER)).toEqual({ availablePiconero: xmr('5'), heldPiconero: 0n });
});

test('a hold that its ended trade has left is settled as the trade says', async () => {
  const { free, pass, tradeId, balance, trades, ...world } = await aStrayHold();
  await world.confirmPaymentSent({ tradeId }, BUYER);
  const trade = (await trades.get(tradeId))!;
  await trades.save({
    next: { ...trade, state: 'completed', version: trade.version + 1 },
    moves: [],
    events: [],
  });
  pass(HOUR_MS);
  expect(await free()).toBe(2);
  expect(balance(BUYER)).toEqual({ availablePiconero: xmr('1'), heldPiconero: 0n });
  expect(balance(SELLER)).toEqual({ availablePiconero: xmr('4'), heldPiconero: 0n });
});
