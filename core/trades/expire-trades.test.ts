import { keyed } from '#tests/helpers/entities.ts';
import { BUYER, granted, SELLER, testWorld, xmr } from '#tests/helpers/world.ts';
import { MINUTE_MS } from '../time.ts';
import { expireTrades } from './expire-trades.ts';

test('gives the XMR of an unpaid trade back after the payment window, and not earlier', async () => {
  const world = testWorld();
  const offer = await world.publish();
  world.give(SELLER, xmr('5'));
  const taking = { offerId: offer.id, amountFiat: '300.00' };
  const { id: tradeId } = granted(await world.startTrade(taking, BUYER, keyed(BUYER)));
  const timer = expireTrades(world.ports);
  world.pass(29 * MINUTE_MS);
  expect(await timer()).toBe(0);
  world.pass(2 * MINUTE_MS);
  expect(await world.confirmPaymentSent({ tradeId }, BUYER)).toMatchObject({ state: 'expired' });
  expect(await timer()).toBe(1);
  expect(world.balance(SELLER).availablePiconero).toBe(xmr('5'));
});

test('reports a trade that it cannot settle, and settles the others', async () => {
  const world = testWorld();
  const offer = await world.publish();
  world.give(SELLER, xmr('5'));
  const taking = { offerId: offer.id, amountXmr: xmr('1') };
  const broken = granted(await world.startTrade(taking, BUYER, keyed(BUYER)));
  const whole = granted(await world.startTrade(taking, BUYER, keyed(BUYER)));
  const save: typeof world.trades.save = async (advanced) => {
    if (advanced.next.id === broken.id) throw new Error(`trade ${broken.id} cannot be settled`);
    return world.trades.save(advanced);
  };
  const timer = expireTrades({ ...world.ports, trades: { ...world.trades, save } });
  world.pass(31 * MINUTE_MS);

  await expect(timer()).rejects.toThrow(broken.id);

  expect(await world.trades.get(whole.id)).toMatchObject({ state: 'expired' });
  expect(world.balance(SELLER)).toEqual({ availablePiconero: xmr('4'), heldPiconero: xmr('1') });
});
