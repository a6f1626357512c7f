import * as contract from '#contract/trades.ts';
import { keyed } from '#tests/helpers/entities.ts';
import { onTheWire } from '#tests/helpers/wire.ts';
import { BUYER, granted, SELLER, STRANGER, testWorld, xmr } from '#tests/helpers/world.ts';
import { MEMBER } from '../accounts/standing.ts';
import { MINUTE_MS } from '../time.ts';
import { getTrade } from './get-trade.ts';
import { listMyTrades } from './list-my-trades.ts';
import { referenceOf } from './reference.ts';

/** A trade whose stored row has a field that the contract does not name. */
async function aTradeWithAnExtraField() {
  const world = testWorld();
  const offer = await world.publish();
  world.give(SELLER, xmr('5'));
  const taking = { offerId: offer.id, amountFiat: '300.00' };
  const trade = granted(await world.startTrade(taking, BUYER, keyed(BUYER)));
  const withExtraField = {
    ...world.trades,
    get: async (id: typeof trade.id) => ({ ...(await world.trades.get(id))!, internalNote: 'secret' }),
    ofParty: async () => ({
      items: [{ ...(await world.trades.get(trade.id))!, internalNote: 'secret' }],
    }),
  };
  return { world, trade, ports: { ...world.ports, trades: withExtraField } };
}

test('a trade on the wire has the fields of the contract and no other stored field', async () => {
  const { trade, ports } = await aTradeWithAnExtraField();
  const shown = {
    id: trade.id,
    offerId: trade.offerId,
    buyer: { username: '?', tradesCompleted: 0 },
    seller: { username: '?', tradesCompleted: 0 },
    role: 'buyer',
    state: 'awaiting_payment',
    amountXmr: '2',
    amountFiat: '300.00',
    currency: 'EUR',
    fiatPerXmr: '150.00',
    method: 'sepa',
    reference: referenceOf(trade.id),
    paymentExpiresAt: '2023-11-14T22:43:30.000Z',
    createdAt: '2023-11-14T22:13:30.000Z',
    changedAt: '2023-11-14T22:13:30.000Z',
    version: 1,
    allowedSteps: ['confirmPaymentSent', 'cancelTrade'],
    history: [{ state: 'awaiting_payment', at: '2023-11-14T22:13:30.000Z', by: 'buyer' }],
  };
  expect(onTheWire(contract.startTrade, trade)).toEqual(shown);
  expect(onTheWire(contract.getTrade, await getTrade(ports)({ tradeId: trade.id }, BUYER, MEMBER))).toEqual(
    shown,
  );
  expect(onTheWire(contract.listMyTrades, await listMyTrades(ports)({ page: { limit: 10 } }, BUYER))).toEqual(
    { items: [shown] },
  );
});

test('each party sees the steps that it may take in the present state', async () => {
  const { world, trade } = await aTradeWithAnExtraField();
  const stepsOf = async (party: typeof BUYER) =>
    granted(await getTrade(world.ports)({ tradeId: trade.id }, party, MEMBER)).allowedSteps;
  expect(await stepsOf(SELLER)).toEqual([]);
  await world.confirmPaymentSent({ tradeId: trade.id }, BUYER);
  expect(await stepsOf(BUYER)).toEqual(['cancelTrade', 'requestCancellation', 'openDispute']);
  expect(await stepsOf(SELLER)).toEqual(['confirmPaymentReceived', 'requestCancellation', 'openDispute']);
  await world.confirmPaymentReceived({ tradeId: trade.id }, SELLER);
  expect([await stepsOf(BUYER), await stepsOf(SELLER)]).toEqual([[], []]);
});

test('a trade past its payment window allows no step, even before the timer runs', async () => {
  const { world, trade } = await aTradeWithAnExtraField();
  world.pass(30 * MINUTE_MS);
  expect(await getTrade(world.ports)({ tradeId: trade.id }, BUYER, MEMBER)).toMatchObject({
    state: 'expired',
    allowedSteps: [],
    endedBy: 'time',
    history: [{ by: 'buyer' }, { state: 'expired', at: trade.paymentExpiresAt, by: 'time' }],
  });
});

test('a trade is not found for people who are no party of it', async () => {
  const { world, trade } = await aTradeWithAnExtraField();
  expect(await getTrade(world.ports)({ tradeId: trade.id }, STRANGER, MEMBER)).toMatchObject({
    refused: 'not_found',
  });
});

test('a moderator sees a trade once it has a dispute, as its arbitrator', async () => {
  const { world, trade } = await aTradeWithAnExtraField();
  const { id: tradeId } = trade;
  const see = () => getTrade(world.ports)({ tradeId }, STRANGER, { role: 'moderator' });
  await world.confirmPaymentSent({ tradeId }, BUYER);
  expect(await see()).toEqual({ refused: 'not_found' });
  await world.openDispute({ tradeId, reason: 'no money' }, SELLER);
  expect(await see()).toMatchObject({
    role: 'arbitrator',
    allowedSteps: ['resolveDispute'],
    dispute: { openedBy: 'seller', reason: 'no money' },
  });
  expect(await getTrade(world.ports)({ tradeId }, STRANGER, MEMBER)).toEqual({ refused: 'not_found' });
});
