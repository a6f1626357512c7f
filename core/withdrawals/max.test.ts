import type { HouseWalletOptions } from '#adapters/memory/house-wallet.ts';
import { keyed } from '#tests/helpers/entities.ts';
import { Died, dying } from '#tests/helpers/faulty.ts';
import { ALICE, BOB, OUTSIDE, type TestWorld, testWorld, XMR } from '#tests/helpers/world.ts';
import { audit } from '../audit/audit.ts';
import { coinSums } from '../chain/coin-sums.ts';
import type { WithdrawalId } from '../ids.ts';
import { asPiconero } from '../money/xmr.ts';
import { isRefusal } from '../refusal.ts';
import { followWithdrawals } from './follow-withdrawals.ts';
import { LEASE_MS, payWithdrawal } from './pay-withdrawal.ts';
import { quoteWithdrawal } from './quote-withdrawal.ts';
import { requestWithdrawal } from './request-withdrawal.ts';
import type { Prepared } from './withdrawals.ts';

const HELD_FEE = 240_000_000n;
const FEE = 30_000_000n;
const PORTS = ['withdrawals', 'lease', 'wallet', 'node'] as const;

function aWorld(available = 10n * XMR, wallet: HouseWalletOptions = {}) {
  const world = testWorld({ wallet });
  if (available > 0n) world.give(ALICE, available);
  return world;
}

/** Requests a withdrawal of everything available, under a new idempotency key. */
function askForAll(world: Pick<TestWorld, 'ports'>, address = OUTSIDE) {
  return requestWithdrawal(world.ports)({ address, max: true }, ALICE, keyed(ALICE));
}

async function ordered(world: TestWorld): Promise<WithdrawalId> {
  const view = await askForAll(world);
  if (isRefusal(view)) throw new Error(view.refused);
  return view.id;
}

async function aMinute(world: TestWorld) {
  world.pass(LEASE_MS + 1);
  world.chain.mine(2);
  await followWithdrawals(world.ports)();
  for (const id of world.queue.messages.splice(0)) await payWithdrawal(world.ports)(id);
}

async function expectEverythingLeft(world: TestWorld, id: WithdrawalId) {
  for (let minute = 0; minute < 12; minute += 1) await aMinute(world);
  const arrived = 10n * XMR - FEE;
  expect(await world.withdrawals.get(id)).toMatchObject({
    state: 'confirmed',
    amountPiconero: arrived,
    feePiconero: FEE,
  });
  expect(world.chain.arrivedAt(OUTSIDE).map((tx) => tx.amountPiconero)).toEqual([arrived]);
  expect(world.balance()).toEqual({ availablePiconero: 0n, heldPiconero: 0n });
  expect(world.books.balance('house:payouts').availablePiconero).toBe(arrived);
  expect(world.books.balance('house:network_fees').availablePiconero).toBe(FEE);
  const { balances, transfers } = world.books;
  const withdrawals = [(await world.withdrawals.get(id))!];
  expect(
    audit({ balances, transfers: [...transfers.values()], withdrawals, trades: [], deposits: [] }),
  ).toEqual([]);
}

test('with max, amount and fee are the whole balance, and the unused fee arrives as well', async () => {
  const world = aWorld();
  const quote = quoteWithdrawal(world.ports);
  const amountXmr = 10n * XMR - HELD_FEE;
  expect(await quote({ address: OUTSIDE, max: true }, ALICE)).toEqual({
    amountXmr,
    feeXmr: HELD_FEE,
    totalXmr: 10n * XMR,
    internal: false,
  });
  const view = await askForAll(world);
  expect(view).toMatchObject({ state: 'queued', amountXmr, feeXmr: HELD_FEE });
  expect(world.balance()).toEqual({ availablePiconero: 0n, heldPiconero: 10n * XMR });
  await expectEverythingLeft(world, (view as { id: WithdrawalId }).id);
});

describe.each(['before', 'after'] as const)('killed %s', (when) => {
  test.each(Array.from({ length: 14 }, (_, at) => at + 1))(
    'call %i, the whole balance is paid exactly once',
    async (at) => {
      const world = aWorld();
      const id = await ordered(world);
      const { ports, calls } = dying(world.ports, [...PORTS], { at, when });
      const end = await payWithdrawal(ports)(id).catch((error) => error);
      if (at <= calls.made && calls.failed) expect(end).toBeInstanceOf(Died);
      await expectEverythingLeft(world, id);
    },
  );
});

test('a failed withdrawal of everything gives everything back', async () => {
  const world = aWorld(10n * XMR, { feePiconero: asPiconero(HELD_FEE + 1n) });
  const id = await ordered(world);
  expect(await payWithdrawal(world.ports)(id)).toBe('done');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'failed', failureCode: 'fee_above_quote' });
  expect(world.balance()).toEqual({ availablePiconero: 10n * XMR, heldPiconero: 0n });
});

test('a requeued withdrawal of everything has the same total as before', async () => {
  const world = aWorld();
  const id = await ordered(world);
  const never = () => new Promise<never>(() => {});
  void payWithdrawal({ ...world.ports, wallet: { ...world.wallet, relay: never } })(id);
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  const { prepared } = (await world.withdrawals.get(id)) as Prepared;
  const rival = { keyImages: prepared.keyImages, address: 'x', amountPiconero: asPiconero(1n) };
  world.chain.mineForeign({ txid: 'rival', ...rival });
  for (let block = 0; block <= 10; block += 1) {
    world.pass(LEASE_MS + 1);
    await followWithdrawals(world.ports)();
    world.chain.mine(1);
  }
  expect(await world.withdrawals.get(id)).toMatchObject({
    state: 'queued',
    amountPiconero: 10n * XMR - HELD_FEE,
    feePiconero: HELD_FEE,
  });
  world.queue.messages.push(id);
  await expectEverythingLeft(world, id);
});

test('stores nothing when the wallet signs more than the order', async () => {
  const world = aWorld();
  const id = await ordered(world);
  const prepare: typeof world.wallet.prepare = async (order) => {
    const payment = await world.wallet.prepare(order);
    return typeof payment === 'string'
      ? payment
      : { ...payment, amountPiconero: asPiconero(payment.amountPiconero + 1n) };
  };
  const wrong = { ...world.ports, wallet: { ...world.wallet, prepare } };
  await expect(payWithdrawal(wrong)(id)).rejects.toThrow('another payment');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'queued' });
  expect(world.chain.pool.size).toBe(0);
});

test('moves the whole balance to a member without a fee', async () => {
  const world = aWorld();
  await world.addresses.addFree(await world.wallet.newSubaddresses(1));
  const address = (await world.addresses.currentOrFirst(BOB.accountId))!;
  expect(await askForAll(world, address)).toMatchObject({
    state: 'confirmed',
    internal: true,
    amountXmr: 10n * XMR,
    feeXmr: 0n,
  });
  expect(world.balance()).toEqual({ availablePiconero: 0n, heldPiconero: 0n });
  expect(world.balance(BOB).availablePiconero).toBe(10n * XMR);
});

test.each([0n, HELD_FEE, HELD_FEE - 1n])(
  'refuses to withdraw everything of %i piconero, because nothing would arrive',
  async (available) => {
    const world = aWorld(available);
    expect(await askForAll(world)).toEqual({ refused: 'insufficient_funds' });
    expect(world.balance().heldPiconero).toBe(0n);
  },
);

test('includes money that comes in between reading and holding', async () => {
  const world = aWorld();
  let reads = 0;
  const balance: typeof world.ledger.balance = async (account) => {
    const read = await world.ledger.balance(account);
    reads += 1;
    if (reads === 1) world.give(ALICE, XMR);
    return read;
  };
  const view = await askForAll({ ports: { ...world.ports, ledger: { ...world.ledger, balance } } });
  expect(view).toMatchObject({ amountXmr: 11n * XMR - HELD_FEE });
  expect(world.balance()).toEqual({ availablePiconero: 0n, heldPiconero: 11n * XMR });
});

test('accepts one of two requests for everything at once', async () => {
  const world = aWorld();
  const answers = await Promise.all([askForAll(world), askForAll(world)]);
  expect(answers.filter(isRefusal)).toEqual([{ refused: 'insufficient_funds' }]);
  expect(world.balance()).toEqual({ availablePiconero: 0n, heldPiconero: 10n * XMR });
});

test('refuses more than one transaction can pay, and says the most', async () => {
  const coins = Array.from({ length: 3 }, () => ({ amountPiconero: asPiconero(XMR) }));
  const world = aWorld(10n * XMR, { coins });
  const beat = (await world.heartbeats.read())!;
  await world.heartbeats.write({ ...beat, coinSums: coinSums([asPiconero(3n * XMR)]) });
  expect(await askForAll(world)).toMatchObject({
    refused: 'amount_out_of_range',
    errors: [{ path: 'amountXmr', message: 'must be at most 2.99976' }],
  });
});
