import type { FakeCoin } from '#adapters/memory/house-wallet.ts';
import { ALICE, OUTSIDE, testWorld, XMR } from '#tests/helpers/world.ts';
import { coinSums, MAX_INPUTS } from '../chain/coin-sums.ts';
import { asPiconero, type Piconero } from '../money/xmr.ts';
import { maximumFee } from './fee.ts';
import { payWithdrawal } from './pay-withdrawal.ts';
import { quoteWithdrawal } from './quote-withdrawal.ts';

const PRICE = asPiconero(20_000n);
const MOST = asPiconero(145n * 35n * XMR - maximumFee(PRICE, MAX_INPUTS));
const coinsOf35 = (count: number, more: Partial<FakeCoin> = {}) =>
  Array.from({ length: count }, () => ({ amountPiconero: asPiconero(35n * XMR), ...more }));

/** A house with these coins, which the heartbeat reports, and Alice with a balance that covers them all. */
async function aHouse(coins: readonly FakeCoin[]) {
  const world = testWorld({ wallet: { coins } });
  world.give(ALICE, 6_000n * XMR);
  const heartbeat = (await world.heartbeats.read())!;
  const { coinsPiconero } = await world.wallet.status();
  await world.heartbeats.write({ ...heartbeat, coinSums: coinSums(coinsPiconero) });
  const quote = (amountXmr: Piconero, caller = ALICE) =>
    quoteWithdrawal(world.ports)({ address: OUTSIDE, amountXmr }, caller);
  return { world, quote };
}

const outOfRange = (most: string) => ({
  refused: 'amount_out_of_range',
  detail: `one transaction can pay ${most} XMR at most now`,
  errors: [{ path: 'amountXmr', message: `must be at most ${most}` }],
});

test('quotes 620 XMR out of 147 coins of 35 for their inputs, and pays it in one transaction', async () => {
  const { world, quote } = await aHouse(coinsOf35(147));
  expect(await quote(asPiconero(620n * XMR))).toMatchObject({ feeXmr: maximumFee(PRICE, 32) });
  const id = await world.order(asPiconero(620n * XMR));
  expect(await payWithdrawal(world.ports)(id)).toBe('done');
  const [paid, ...others] = world.chain.arrivedAt(OUTSIDE);
  expect(others).toEqual([]);
  expect(paid).toMatchObject({ amountPiconero: 620n * XMR });
  expect(paid!.keyImages).toHaveLength(18);
});

test('pays the most that one transaction can with 145 inputs, and refuses a piconero more', async () => {
  const { world, quote } = await aHouse(coinsOf35(147));
  expect(await quote(asPiconero(MOST + 1n))).toEqual(outOfRange('5074.998005600000'.replace(/0+$/, '')));
  const id = await world.order(MOST);
  expect(await payWithdrawal(world.ports)(id)).toBe('done');
  expect(world.chain.arrivedAt(OUTSIDE)[0]!.keyImages).toHaveLength(145);
});

test('does not tell an account with a smaller balance how much the house can pay', async () => {
  const { quote } = await aHouse(coinsOf35(147));
  const poor = { ...ALICE, accountId: 'poor' as typeof ALICE.accountId };
  const amount = asPiconero(5_500n * XMR);
  expect(await quote(amount)).toMatchObject({ refused: 'amount_out_of_range' });
  expect(await quote(amount, poor)).toMatchObject({ amountXmr: amount, internal: false });
});

test('a withdrawal stays queued while coins are locked, and is paid once they unlock', async () => {
  const { world } = await aHouse([...coinsOf35(10), ...coinsOf35(10, { unlocksAtHeight: 160 })]);
  const id = await world.order(asPiconero(500n * XMR));
  expect(await payWithdrawal(world.ports)(id)).toBe('left');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'queued' });
  world.chain.mine(60);
  expect(await payWithdrawal(world.ports)(id)).toBe('done');
});

test('fails and gives everything back when the coins need a larger fee than was held', async () => {
  const small = Array.from({ length: 400 }, () => ({ amountPiconero: asPiconero(XMR) }));
  const world = testWorld({ wallet: { coins: small } });
  world.give(ALICE, 6_000n * XMR);
  const id = await world.order(asPiconero(100n * XMR));
  expect(await payWithdrawal(world.ports)(id)).toBe('done');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'failed', failureCode: 'fee_above_quote' });
  expect(world.balance()).toEqual({ availablePiconero: 6_000n * XMR, heldPiconero: 0n });
  expect(world.chain.pool.size).toBe(0);
});

test('pays with the fewest coins when the wallet’s own choice would cost too much', async () => {
  const dust = Array.from({ length: 300 }, () => ({ amountPiconero: asPiconero(XMR / 1_000n) }));
  const { world } = await aHouse([...dust, ...coinsOf35(20)]);
  const id = await world.order(asPiconero(100n * XMR));
  expect(await payWithdrawal(world.ports)(id)).toBe('done');
  expect(world.chain.arrivedAt(OUTSIDE)[0]!.keyImages).toHaveLength(3);
});
