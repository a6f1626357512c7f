import { forget, invoke, mine, relay, takeBack } from '#tests/helpers/chain.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, person } from '#tests/helpers/person.ts';

/** Confirmations after which a deposit counts. */
const NEEDED = 10;

beforeAll(() => invoke('watchDeposits'));

test('an outside payment is seen, and credited after enough confirmations', async () => {
  const someone = await person();
  const depositAddress = await someone.depositAddress();
  const txid = await payee.send(depositAddress, '1.5');
  await invoke('watchDeposits');
  expect(await someone.wallet()).toMatchObject({ availableXmr: '0', pendingDepositsXmr: '1.5' });
  expect((await someone.listDeposits()).items).toMatchObject([
    {
      txid,
      address: depositAddress,
      amountXmr: '1.5',
      state: 'seen',
      confirmations: 0,
      confirmationsNeeded: NEEDED,
    },
  ]);

  await mine(NEEDED - 1);
  await invoke('watchDeposits');
  expect(await someone.wallet()).toMatchObject({ availableXmr: '0', pendingDepositsXmr: '1.5' });

  await mine(1);
  for (let look = 0; look < 3; look += 1) await invoke('watchDeposits');

  expect(await someone.wallet()).toMatchObject({ availableXmr: '1.5', pendingDepositsXmr: '0' });
  const [deposit, ...others] = (await someone.listDeposits()).items;
  expect(others).toEqual([]);
  expect(deposit).toMatchObject({ txid, state: 'credited', creditedAt: expect.any(String) });
  expect((await someone.listEntries()).items).toMatchObject([
    { kind: 'deposit', direction: 'in', amountXmr: '1.5', balanceXmr: '1.5', depositId: deposit?.id },
  ]);
});

test('credits two deposits, one of them to an earlier address', async () => {
  const someone = await person();
  const first = await someone.depositAddress();
  const { depositAddress: second } = await someone.newDepositAddress();
  await payee.send(first, '0.25');
  await payee.send(second, '0.000000000001');
  await mine(NEEDED);
  await Promise.all([invoke('watchDeposits'), invoke('watchDeposits')]);
  expect(await someone.wallet()).toMatchObject({ availableXmr: '0.250000000001', depositAddress: second });
  expect((await someone.listDeposits({ limit: '1' })).items).toHaveLength(1);
});

test('drops a deposit that leaves the pool, and credits it if it is mined later', async () => {
  const someone = await person();
  const { txid, blob } = await payee.sign(await someone.depositAddress(), '1.5');
  await relay(blob);
  await invoke('watchDeposits');
  expect((await someone.listDeposits()).items).toMatchObject([{ txid, state: 'seen' }]);

  await forget(txid);
  await invoke('watchDeposits');
  expect((await someone.listDeposits()).items).toMatchObject([
    { txid, state: 'dropped', endedAt: expect.any(String) },
  ]);
  expect(await someone.wallet()).toMatchObject({ availableXmr: '0', pendingDepositsXmr: '0' });

  await relay(blob);
  await mine(NEEDED + 2);
  for (let look = 0; look < 3; look += 1) await invoke('watchDeposits');
  expect((await someone.listDeposits()).items).toMatchObject([{ txid, state: 'credited' }]);
  expect(await someone.wallet()).toMatchObject({ availableXmr: '1.5' });
});

test('a reorganisation reverses a credited deposit and stops payments until it is credited again', async () => {
  const [someone, other] = [await person(), await person()];
  // No payment of another story is in the blocks that are replaced.
  await mine(NEEDED + 2);
  const { txid, blob } = await payee.sign(await someone.depositAddress(), '1.5');
  await relay(blob);
  await mine(NEEDED + 2);
  for (let look = 0; look < 3; look += 1) await invoke('watchDeposits');
  await someone.requestWithdrawal({ address: await other.depositAddress(), amountXmr: '1' }, aKey());
  expect(await someone.wallet()).toMatchObject({ availableXmr: '0.5' });

  await takeBack(txid, NEEDED + 2);
  for (let look = 0; look < 2; look += 1) await invoke('watchDeposits');
  expect((await someone.listDeposits()).items).toMatchObject([
    { txid, state: 'reversed', endedAt: expect.any(String) },
  ]);
  expect(await someone.wallet()).toMatchObject({ availableXmr: '-1' });
  expect((await someone.listEntries()).items[0]).toMatchObject({
    kind: 'deposit_reversal',
    direction: 'out',
    amountXmr: '1.5',
    balanceXmr: '-1',
  });
  const more = { address: await other.depositAddress(), amountXmr: '0.1' };
  await expectProblem(someone.requestWithdrawal(more, aKey()), 409, 'insufficient_funds');

  await relay(blob);
  await mine(NEEDED + 2);
  for (let look = 0; look < 3; look += 1) await invoke('watchDeposits');
  expect((await someone.listDeposits()).items).toMatchObject([{ txid, state: 'credited' }]);
  expect(await someone.wallet()).toMatchObject({ availableXmr: '0.5' });
});
