import * as contract from '#contract/trades.ts';
import { BUYER, KEYED, SELLER, STRANGER, started, tradesWorld } from '#tests/helpers/trades-world.ts';
import { onTheWire } from '#tests/helpers/wire.ts';
import { getTrade } from './get-trade.ts';
import { listMyTrades } from './list-my-trades.ts';

/** A trade whose stored row has a field that the contract does not name. */
async function aTradeWithAnExtraField() {
  const world = await tradesWorld();
  const taking = { offerId: world.offer.id, amountFiat: '300.00' };
  const trade = started(await world.startTrade(taking, BUYER, KEYED));
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
    offerId: 'offer',
    buyer: { username: '?', tradesCompleted: 0 },
    seller: { username: '?', tradesCompleted: 0 },
    role: 'buyer',
    state: 'awaiting_payment',
    amountXmr: '2',
    amountFiat: '300.00',
    currency: 'EUR',
    fiatPerXmr: '150.00',
    method: 'sepa',
    paymentExpiresAt: '1970-01-01T00:46:40.000Z',
    createdAt: '1970-01-01T00:16:40.000Z',
    changedAt: '1970-01-01T00:16:40.000Z',
    version: 1,
    allowedSteps: ['confirmPaymentSent', 'cancelTrade'],
  };
  expect(onTheWire(contract.startTrade, trade)).toEqual(shown);
  expect(onTheWire(contract.getTrade, await getTrade(ports)({ tradeId: trade.id }, BUYER))).toEqual(shown);
  expect(onTheWire(contract.listMyTrades, await listMyTrades(ports)({ page: { limit: 10 } }, BUYER))).toEqual(
    { items: [shown] },
  );
});

test('each party sees the steps that it may take in the present state', async () => {
  const { world, trade } = await aTradeWithAnExtraField();
  const stepsOf = async (party: typeof BUYER) =>
    started(await getTrade(world.ports)({ tradeId: trade.id }, party)).allowedSteps;
  expect(await stepsOf(SELLER)).toEqual([]);
  await world.confirmPaymentSent({ tradeId: trade.id }, BUYER);
  expect(await stepsOf(BUYER)).toEqual(['cancelTrade']);
  expect(await stepsOf(SELLER)).toEqual(['confirmPaymentReceived']);
  await world.confirmPaymentReceived({ tradeId: trade.id }, SELLER);
  expect([await stepsOf(BUYER), await stepsOf(SELLER)]).toEqual([[], []]);
});

test('a trade past its payment window allows no step, even before the timer runs', async () => {
  const { world, trade } = await aTradeWithAnExtraField();
  world.wait(30);
  expect(await getTrade(world.ports)({ tradeId: trade.id }, BUYER)).toMatchObject({
    state: 'expired',
    allowedSteps: [],
  });
});

test('a trade is not found for people who are no party of it', async () => {
  const { world, trade } = await aTradeWithAnExtraField();
  expect(await getTrade(world.ports)({ tradeId: trade.id }, STRANGER)).toMatchObject({
    refused: 'not_found',
  });
});
