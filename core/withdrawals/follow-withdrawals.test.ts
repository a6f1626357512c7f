import { ALICE, type TestWorld, testWorld, XMR } from '#tests/helpers/world.ts';
import type { WithdrawalId } from '../ids.ts';
import { followWithdrawals, RESEND_AFTER_MS } from './follow-withdrawals.ts';
import { payWithdrawal } from './pay-withdrawal.ts';
import type { Change } from './transitions.ts';

/** Ports whose store refuses to save this withdrawal, as it does if the holds do not fit the state. */
function broken(world: TestWorld, id: WithdrawalId) {
  const save = async (change: Change) => {
    if (change.to.id === id) throw new Error(`the holds of withdrawal ${id} do not fit its state`);
    return world.withdrawals.save(change);
  };
  return { ...world.ports, withdrawals: { ...world.withdrawals, save } };
}

test('reports a withdrawal that it cannot settle, and settles the others', async () => {
  const world = testWorld();
  world.give(ALICE, 10n * XMR);
  const [first, second] = [await world.order(), await world.order()];
  for (const id of [first, second]) {
    await payWithdrawal(world.ports)(id);
    world.chain.mine(10);
  }
  const third = await world.order();
  world.pass(RESEND_AFTER_MS + 1);

  await expect(followWithdrawals(broken(world, first))()).rejects.toThrow(first);

  expect(await world.withdrawals.get(first)).toMatchObject({ state: 'broadcast' });
  expect(await world.withdrawals.get(second)).toMatchObject({ state: 'confirmed' });
  expect(await world.withdrawals.get(third)).toMatchObject({ state: 'queued', attempt: 2 });
});
