import { invoke, mine } from '#tests/helpers/chain.ts';
import { payee } from '#tests/helpers/payee.ts';
import { person } from '#tests/helpers/person.ts';

/** Confirmations after which a deposit counts. */
const NEEDED = 10;

beforeAll(() => invoke('watchDeposits'));

test('what somebody sends from outside is seen, and credited once it is deep enough', async () => {
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

test('two deposits, one to an address given out before, are both credited', async () => {
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
