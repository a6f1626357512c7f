import { internalWith, withdrawalWith } from '#tests/helpers/entities.ts';
import { ALICE, testWorld, XMR } from '#tests/helpers/world.ts';
import { getWithdrawal } from './get-withdrawal.ts';
import { listWithdrawals } from './list-withdrawals.ts';
import { payWithdrawal } from './pay-withdrawal.ts';
import { locate } from './transitions.ts';
import { withdrawalView } from './views.ts';

const signed = { txid: 'ab'.repeat(32), prepared: { blob: '0a', keyImages: ['01'] } };

test('shows the fields of a queued withdrawal, and no stored field beside them', () => {
  const queued = withdrawalWith();
  expect(withdrawalView(queued, 100)).toEqual({
    id: queued.id,
    state: 'queued',
    address: 'an address',
    amountXmr: 100n,
    feeXmr: 20n,
    internal: false,
    confirmations: 0,
    requestedAt: 1_000,
    changedAt: 1_000,
  });
});

test('shows the transaction of a withdrawal once it was relayed, and not before', () => {
  const viewOf = (state: 'prepared' | 'broadcast' | 'confirmed') =>
    withdrawalView(withdrawalWith({ state, ...signed, minedHeight: 96 }), 100);
  expect(viewOf('prepared')).not.toHaveProperty('txid');
  expect(viewOf('broadcast')).toMatchObject({ txid: signed.txid, confirmations: 4 });
  expect(viewOf('confirmed')).toMatchObject({ txid: signed.txid });
});

test('shows 10 confirmations of a confirmed withdrawal, and none of a payment to a member', () => {
  const confirmed = withdrawalWith({ state: 'confirmed', ...signed, minedHeight: 96 });
  expect(withdrawalView(confirmed, 100).confirmations).toBe(10);
  expect(withdrawalView(internalWith(), 100)).toMatchObject({ state: 'confirmed', confirmations: 0 });
});

test('shows why a withdrawal failed, and no reason for any other state', () => {
  const failed = { ...withdrawalWith({ state: 'failed' }), failureCode: 'fee_above_quote' as const };
  expect(withdrawalView(failed, 100)).toMatchObject({ state: 'failed', failureCode: 'fee_above_quote' });
  expect(withdrawalView({ ...failed, state: 'queued' }, 100)).not.toHaveProperty('failureCode');
});

test('counts confirmations up to the block that the watcher saw last, page by page', async () => {
  const world = testWorld();
  world.give(ALICE, 10n * XMR);
  const [first, second] = [await world.order(), await world.order()];
  await payWithdrawal(world.ports)(first);
  world.chain.mine(3);
  const [paid] = (await world.withdrawals.broadcast(1)).items;
  await world.withdrawals.save(locate(paid!, 100, world.clock.now()));
  const get = () => getWithdrawal(world.ports)({ withdrawalId: first }, ALICE);
  expect(await get()).toMatchObject({ state: 'broadcast', confirmations: 1 });
  await world.heartbeats.write({ ...(await world.heartbeats.read())!, height: 103 });
  expect(await get()).toMatchObject({ state: 'broadcast', confirmations: 3 });

  const list = listWithdrawals(world.ports);
  const page = await list({ page: { limit: 1 } }, ALICE);
  expect(page.items).toMatchObject([{ id: second, state: 'queued' }]);
  const next = await list({ page: { limit: 1, after: page.next! } }, ALICE);
  expect(next.items).toMatchObject([{ id: first, confirmations: 3 }]);
  expect(next).not.toHaveProperty('next');
});
