import { BUYER, KEYED, SELLER, started, tradesWorld, xmr } from '#tests/helpers/trades-world.ts';
import { expireTrades } from './expire-trades.ts';

test('gives the XMR of an unpaid trade back after the payment window, and not earlier', async () => {
  const world = await tradesWorld();
  const taking = { offerId: world.offer.id, amountFiat: '300.00' };
  const { id: tradeId } = started(await world.startTrade(taking, BUYER, KEYED));
  const timer = expireTrades(world.ports);
  world.wait(29);
  expect(await timer()).toBe(0);
  world.wait(2);
  expect(await world.confirmPaymentSent({ tradeId }, BUYER)).toMatchObject({ state: 'expired' });
  expect(await timer()).toBe(1);
  expect(world.balance(SELLER).availablePiconero).toBe(xmr('5'));
  await world.expectTheLedgerToBalance();
});

test('reports a trade that it cannot settle, and settles the others', async () => {
  const world = await tradesWorld();
  const taking = { offerId: world.offer.id, amountXmr: xmr('1') };
  const broken = started(await world.startTrade(taking, BUYER, KEYED));
  const whole = started(await world.startTrade(taking, BUYER, KEYED));
  const save: typeof world.trades.save = async (next, moves) => {
    if (next.id === broken.id) throw new Error(`the hold of trade ${next.id} does not fit its state`);
    return world.trades.save(next, moves);
  };
  const timer = expireTrades({ ...world.ports, trades: { ...world.trades, save } });
  world.wait(31);

  await expect(timer()).rejects.toThrow(broken.id);

  expect(await world.trades.get(whole.id)).toMatchObject({ state: 'expired' });
  expect(world.balance(SELLER)).toEqual({ availablePiconero: xmr('4'), heldPiconero: xmr('1') });
});
