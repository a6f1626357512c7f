import type { HouseWalletOptions } from '#adapters/memory/house-wallet.ts';
import { ALICE, OUTSIDE, type TestWorld, testWorld, XMR } from '#tests/helpers/world.ts';
import type { WithdrawalId } from '../ids.ts';
import { asPiconero } from '../money/xmr.ts';
import { followWithdrawals, RESEND_AFTER_MS } from './follow-withdrawals.ts';
import { LEASE_MS, payWithdrawal } from './pay-withdrawal.ts';
import type { Broadcast, Prepared } from './withdrawals.ts';

async function aWorld(wallet: HouseWalletOptions = {}) {
  const world = testWorld({ wallet });
  world.give(ALICE, 10n * XMR);
  return { world, id: await world.order() };
}

/** A payer that died after persisting and before relaying. */
async function diesPrepared(world: TestWorld, id: WithdrawalId) {
  const never = () => new Promise<never>(() => {});
  void payWithdrawal({ ...world.ports, wallet: { ...world.wallet, relay: never } })(id);
  for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'prepared' });
  expect(world.chain.pool.size).toBe(0);
}

const stateOf = async (world: TestWorld, id: WithdrawalId) => (await world.withdrawals.get(id))?.state;

test('leaves a prepared payment alone while its payer’s lease lasts', async () => {
  const { world, id } = await aWorld();
  await diesPrepared(world, id);
  await followWithdrawals(world.ports)();
  expect(await stateOf(world, id)).toBe('prepared');
  expect(world.chain.pool.size).toBe(0);
});

test('the next payer sends the prepared bytes of a dead one before its own payment', async () => {
  const { world, id } = await aWorld();
  await diesPrepared(world, id);
  const { txid } = (await world.withdrawals.get(id)) as Prepared;
  world.pass(LEASE_MS + 1);
  expect(await payWithdrawal(world.ports)(id)).toBe('done');
  expect([...world.chain.pool.keys()]).toEqual([txid]);
  expect(await stateOf(world, id)).toBe('broadcast');
});

test('prepares no payment with coins that a payment in the pool spends', async () => {
  const { world, id } = await aWorld();
  await diesPrepared(world, id);
  world.pass(LEASE_MS + 1);
  await followWithdrawals(world.ports)();
  const other = await world.order();
  // The node sent the first payment, so the wallet has not seen it, and chooses the same coin again.
  expect(await payWithdrawal(world.ports)(other)).toBe('left');
  expect(await stateOf(world, other)).toBe('queued');
  world.chain.mine(1);
  expect(await payWithdrawal(world.ports)(other)).toBe('done');
});

test('keeps a payment that the node refuses in doubt, and prepares no other', async () => {
  const { world, id } = await aWorld();
  await diesPrepared(world, id);
  const other = await world.order();
  const stubborn = { ...world.ports, node: { ...world.node, send: async () => 'refused' as const } };
  for (let minute = 0; minute < 20; minute += 1) {
    world.pass(LEASE_MS + 1);
    world.chain.mine(2);
    await followWithdrawals(stubborn)();
    expect(await payWithdrawal(stubborn)(other)).toBe('left');
  }
  expect(await stateOf(world, id)).toBe('prepared');
  expect(world.balance().heldPiconero).toBe(2n * (XMR + 240_000_000n));
});

test('builds another transaction when a rival has 10 confirmations, and not earlier', async () => {
  const { world, id } = await aWorld();
  await diesPrepared(world, id);
  const { txid, prepared } = (await world.withdrawals.get(id)) as Prepared;
  const rival = {
    txid: 'rival',
    keyImages: prepared.keyImages,
    address: 'x',
    amountPiconero: asPiconero(1n),
  };
  world.chain.mineForeign(rival);
  for (let block = 0; block <= 10; block += 1) {
    expect(await stateOf(world, id)).toBe('prepared');
    world.pass(LEASE_MS + 1);
    await followWithdrawals(world.ports)();
    world.chain.mine(1);
  }
  const again = await world.withdrawals.get(id);
  expect(again).toMatchObject({ state: 'queued' });
  expect(again).not.toHaveProperty('txid');
  expect(await payWithdrawal(world.ports)(id)).toBe('done');
  const paid = world.chain.arrivedAt(OUTSIDE);
  expect(paid).toHaveLength(1);
  expect(paid[0]!.txid).not.toBe(txid);
});

test('requeues a broadcast payment when a rival that replaced it has 10 confirmations', async () => {
  const { world, id } = await aWorld();
  await payWithdrawal(world.ports)(id);
  const { prepared } = (await world.withdrawals.get(id)) as Broadcast;
  world.chain.mine(1);
  await followWithdrawals(world.ports)();
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'broadcast', minedHeight: 100 });
  world.chain.reorganise(1);
  const { keyImages } = prepared;
  world.chain.mineForeign({ txid: 'rival', keyImages, address: 'x', amountPiconero: asPiconero(1n) });
  for (let block = 0; block <= 10; block += 1) {
    await followWithdrawals(world.ports)();
    if (block < 10) expect(await stateOf(world, id)).toBe('broadcast');
    world.chain.mine(1);
  }
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'queued' });
  expect(world.balance().heldPiconero).toBe(XMR + 240_000_000n);
});

test('sends a payment again that fell out of the pool', async () => {
  const { world, id } = await aWorld();
  await payWithdrawal(world.ports)(id);
  const { txid } = (await world.withdrawals.get(id)) as Broadcast;
  world.chain.pool.clear();
  await followWithdrawals(world.ports)();
  expect([...world.chain.pool.keys()]).toEqual([txid]);
});

test('sends a queued withdrawal without a message to the queue again, as another attempt', async () => {
  const { world, id } = await aWorld();
  world.queue.messages.length = 0;
  await followWithdrawals(world.ports)();
  expect(world.queue.messages).toEqual([]);
  world.pass(RESEND_AFTER_MS + 1);
  await followWithdrawals(world.ports)();
  expect(world.queue.messages).toEqual([id]);
  expect(await world.withdrawals.get(id)).toMatchObject({ attempt: 2, state: 'queued' });
});

test.each(['wallet', 'node'] as const)('sends no further messages while the %s is down', async (part) => {
  const { world, id } = await aWorld();
  world.queue.messages.length = 0;
  const beat = (await world.heartbeats.read())!;
  await world.heartbeats.write({ ...beat, [part]: 'down' });
  for (let minute = 0; minute < 60; minute += 1) {
    world.pass(60_000);
    await followWithdrawals(world.ports)();
  }
  expect(world.queue.messages).toEqual([]);
  await world.heartbeats.write(beat);
  await followWithdrawals(world.ports)();
  expect(world.queue.messages).toEqual([id]);
});

test('fails and gives everything back when the fee is above the held maximum', async () => {
  const { world, id } = await aWorld({ feePiconero: asPiconero(240_000_001n) });
  expect(await payWithdrawal(world.ports)(id)).toBe('done');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'failed', failureCode: 'fee_above_quote' });
  expect(world.balance()).toEqual({ availablePiconero: 10n * XMR, heldPiconero: 0n });
  expect(world.chain.pool.size).toBe(0);
});

test('keeps a withdrawal queued and held while too few coins are unlocked', async () => {
  const { world, id } = await aWorld({ coins: 0 });
  expect(await payWithdrawal(world.ports)(id)).toBe('left');
  expect(await stateOf(world, id)).toBe('queued');
  expect(world.balance().heldPiconero).toBe(XMR + 240_000_000n);
});

test('pays nothing, and fails nothing, while the node is of another network', async () => {
  const { world, id } = await aWorld();
  expect(await payWithdrawal({ ...world.ports, network: 'stagenet' })(id)).toBe('left');
  expect(await stateOf(world, id)).toBe('queued');
});

test('throws at a message of an unknown withdrawal, so that it reaches the dead-letter queue', async () => {
  const { world } = await aWorld();
  await expect(payWithdrawal(world.ports)('unknown' as WithdrawalId)).rejects.toThrow('no withdrawal');
});

test('counts no rival when the payment itself is mined between two questions to the node', async () => {
  const { world, id } = await aWorld();
  await diesPrepared(world, id);
  const { prepared } = (await world.withdrawals.get(id)) as Prepared;
  world.pass(LEASE_MS + 1);
  world.between('node', 'find', async () => {
    world.chain.submit(prepared.blob);
    world.chain.mine(1);
  });
  await followWithdrawals(world.ports)();
  const found = await world.withdrawals.get(id);
  expect(found).toMatchObject({ state: 'broadcast', minedHeight: 100 });
  expect(found).not.toHaveProperty('rivalSince');
});

test('forgets a rival that a reorganisation removed, and starts to count again', async () => {
  const { world, id } = await aWorld();
  await diesPrepared(world, id);
  const { prepared } = (await world.withdrawals.get(id)) as Prepared;
  const { keyImages } = prepared;
  world.chain.mineForeign({ txid: 'rival', keyImages, address: 'x', amountPiconero: asPiconero(1n) });
  world.pass(LEASE_MS + 1);
  await followWithdrawals(world.ports)();
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'prepared', rivalSince: 101 });
  world.chain.reorganise(1);
  const stubborn = { ...world.ports, node: { ...world.node, send: async () => 'refused' as const } };
  world.pass(LEASE_MS + 1);
  await followWithdrawals(stubborn)();
  expect(((await world.withdrawals.get(id)) as Prepared).rivalSince).toBeUndefined();
  expect(await stateOf(world, id)).toBe('prepared');
});

test('sends no second message for a withdrawal that was paid since the schedule read it', async () => {
  const { world, id } = await aWorld();
  world.queue.messages.length = 0;
  world.pass(RESEND_AFTER_MS);
  world.between('withdrawals', 'queued', () => payWithdrawal(world.ports)(id));
  await followWithdrawals(world.ports)();
  expect(world.queue.messages).toEqual([]);
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'broadcast', attempt: 1 });
});

test('sends another message exactly 30 s after the last one', async () => {
  const { world, id } = await aWorld();
  world.queue.messages.length = 0;
  world.pass(RESEND_AFTER_MS - 1);
  await followWithdrawals(world.ports)();
  expect(world.queue.messages).toEqual([]);
  world.pass(1);
  await followWithdrawals(world.ports)();
  expect(world.queue.messages).toEqual([id]);
});

test('releases the lease after it has settled the payment in doubt', async () => {
  const { world, id } = await aWorld();
  await diesPrepared(world, id);
  world.pass(LEASE_MS + 1);
  await followWithdrawals(world.ports)();
  expect(await stateOf(world, id)).toBe('broadcast');
  expect(await world.lease.take('another', LEASE_MS)).toMatchObject({ until: world.clock.now() + LEASE_MS });
});
