import type { WithdrawalId } from '#core/ids.ts';
import { invoke } from '#tests/helpers/chain.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, type Person, people, person } from '#tests/helpers/person.ts';

/** Addresses of Monero's own documentation. Addresses of the private chain have the form of mainnet's. */
const stagenet =
  '59McWTPGc745SRWrSMoh8oTjoXoQq6sPUgKZ66dQWXuKFQ2q19h9gvhJNZcFTizcnT12r63NFgHiGd6gBCjabzmzHAMoyD6';
const testnet =
  '9ujeXrjzf7bfeK3KZdCqnYaMwZVFuXemPU8Ubw335rj2FN1CdMiWNyFV3ksEfMFvRp9L9qum5UxkP5rN9aLcPxbH1au4WAB';

let someone: Person;
beforeAll(() => invoke('watchDeposits'));
beforeEach(async () => {
  someone = await person().then((one) => one.withFunds('2'));
});

/** Expects the same refusal of the quote and of the request, with nothing held or queued. */
async function expectRefused(address: string, code: 'invalid_address' | 'wrong_network' | 'own_address') {
  await expectProblem(someone.quoteWithdrawal({ address, amountXmr: '1' }), 422, code);
  await expectProblem(someone.requestWithdrawal({ address, amountXmr: '1' }, aKey()), 422, code);
  expect(await someone.wallet()).toMatchObject({ availableXmr: '2', heldXmr: '0' });
  expect((await someone.listWithdrawals()).items).toEqual([]);
}

test('refuses a text that is no address', async () => {
  const address = await payee.newAddress();
  const mistyped = `${address.slice(0, -1)}${address.endsWith('1') ? '2' : '1'}`;
  for (const wrong of ['x', mistyped, address.slice(1), ` ${address}`, `${address}\u200b`])
    await expectRefused(wrong, 'invalid_address');
});

test('refuses an address of another network', async () => {
  for (const address of [stagenet, testnet]) await expectRefused(address, 'wrong_network');
});

test("refuses the account's own addresses, the first and a newer one", async () => {
  const depositAddress = await someone.depositAddress();
  await expectRefused(depositAddress, 'own_address');
  await expectRefused((await someone.newDepositAddress()).depositAddress, 'own_address');
  await expectRefused(depositAddress, 'own_address');
});

test('refuses more than the balance, even if only the fee exceeds it', async () => {
  const address = await payee.newAddress();
  for (const amountXmr of ['2', '3', '18446744'])
    await expectProblem(someone.requestWithdrawal({ address, amountXmr }, aKey()), 409, 'insufficient_funds');
  expect(await someone.wallet()).toMatchObject({ availableXmr: '2', heldXmr: '0' });
});

test('of two simultaneous requests for the whole balance, one succeeds', async () => {
  const [other] = await people(1);
  const address = await other!.depositAddress();
  const asked = { address, amountXmr: '2' };
  const results = await Promise.allSettled([1, 2].map(() => someone.requestWithdrawal(asked, aKey())));
  const [refusal, ...others] = results.filter((result) => result.status === 'rejected');
  expect(others).toEqual([]);
  await expectProblem(Promise.reject(refusal?.reason), 409, 'insufficient_funds');
});

test('does not find the withdrawal of another account, or one that does not exist', async () => {
  const stranger = await person();
  const { id: withdrawalId } = await someone.requestWithdrawal(
    { address: await stranger.depositAddress(), amountXmr: '1' },
    aKey(),
  );
  await expectProblem(stranger.getWithdrawal({ withdrawalId }), 404, 'not_found');
  const none = 'no-such-withdrawal' as WithdrawalId;
  await expectProblem(someone.getWithdrawal({ withdrawalId: none }), 404, 'not_found');
});
