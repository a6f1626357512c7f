import { client } from '#tests/helpers/client.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { personWithEmail, personWithPasskey, withPasskey } from '#tests/helpers/guarded-person.ts';
import { mailTo } from '#tests/helpers/mailbox.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { aTrade } from '#tests/helpers/trade.ts';

test('signs in with a passkey alone, in a session like any other', async () => {
  const { someone: owner, key, recoveryCodes } = await personWithPasskey();
  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await owner.getMe()).toMatchObject({ passkeys: 1, totpEnabled: false, recoveryCodesLeft: 10 });

  const elsewhere = client();
  const response = key.answer(await elsewhere.startPasskeyLogIn());
  const { account } = await elsewhere.logInWithPasskey({ response, remember: true });
  expect(account.username).toBe(owner.username);
  await elsewhere.refreshSession();
  expect((await elsewhere.listSessions()).items).toContainEqual(
    expect.objectContaining({ current: true, remember: true }),
  );
});

test('of twenty simultaneous sign-ins with one answer, one succeeds', async () => {
  const { key } = await personWithPasskey();
  const response = key.answer(await client().startPasskeyLogIn());
  const tries = Array.from({ length: 20 }, () => client().logInWithPasskey({ response }));
  const results = await Promise.allSettled(tries);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const result of results)
    if (result.status === 'rejected') await expectProblem(Promise.reject(result.reason), 401, 'wrong_code');
});

test('finishes a sign-in with the password, by a passkey or a recovery code', async () => {
  const { someone: owner, key, recoveryCodes } = await personWithPasskey();
  const ask = async () => {
    const elsewhere = client();
    const asked = await elsewhere.logIn({ login: owner.username, password: owner.password });
    if (asked.status === 'signed_in') throw new Error('No second factor was asked for.');
    expect(asked.factors).toEqual(['passkey', 'recovery_code']);
    return { ...elsewhere, ...asked };
  };
  const first = await ask();
  const passkey = key.answer(first.passkeyOptions!);
  await first.logInSecondFactor({ challengeToken: first.challengeToken, passkey });
  await first.getMe();

  const second = await ask();
  const replayed = second.logInSecondFactor({ challengeToken: second.challengeToken, passkey });
  await expectProblem(replayed, 401, 'wrong_code');
  await second.logInSecondFactor({ challengeToken: second.challengeToken, code: recoveryCodes[0]! });
});

test('a withdrawal is confirmed by a passkey once, and a retry gets the same answer', async () => {
  const { someone: owner, answer } = await withPasskey(await (await person()).withFunds('2'));
  const asked = { address: await payee.newAddress(), amountXmr: '1' };
  await expectProblem(owner.requestWithdrawal(asked, aKey()), 403, 'second_factor_required');
  const forged = await answer({ origin: 'https://evil.example' });
  const refused = owner.requestWithdrawal({ ...asked, passkey: forged }, aKey());
  await expectProblem(refused, 403, 'wrong_second_factor');
  expect(await owner.wallet()).toMatchObject({ availableXmr: '2', heldXmr: '0' });

  const key = aKey();
  const passkey = await answer();
  const { id } = await owner.requestWithdrawal({ ...asked, passkey }, key);
  expect(await owner.requestWithdrawal({ ...asked, passkey }, key)).toMatchObject({ id });
  expect(await owner.requestWithdrawal(asked, key)).toMatchObject({ id });
  await expectProblem(
    owner.requestWithdrawal({ ...asked, amountXmr: '0.1', passkey }, aKey()),
    403,
    'wrong_second_factor',
  );
});

test('a seller releases XMR by a passkey', async () => {
  const { seller: owner, buyer, trade } = await aTrade({ state: 'payment_sent' });
  const tradeId = trade.id;
  const { answer } = await withPasskey(owner);
  await expectProblem(owner.confirmPaymentReceived({ tradeId }), 403, 'second_factor_required');
  await owner.confirmPaymentReceived({ tradeId, passkey: await answer() });
  expect(await buyer.getTrade({ tradeId })).toMatchObject({ state: 'completed' });
});

test('renames and removes a passkey, of which nothing works afterwards', async () => {
  const { someone: owner, key, passkeyId, answer } = await personWithPasskey();
  expect(await owner.renamePasskey({ passkeyId, name: 'Phone' })).toMatchObject({ name: 'Phone' });
  const stranger = await person();
  await expectProblem(stranger.renamePasskey({ passkeyId, name: 'Mine' }), 404, 'not_found');
  const { password } = owner;
  await expectProblem(owner.removePasskey({ passkeyId, password }), 403, 'second_factor_required');
  await owner.removePasskey({ passkeyId, password, passkey: await answer() });

  expect((await owner.listPasskeys()).items).toEqual([]);
  const response = key.answer(await client().startPasskeyLogIn());
  await expectProblem(client().logInWithPasskey({ response }), 401, 'wrong_code');
  await expectProblem(owner.startStepUp(), 409, 'out_of_order');
  expect(await client().logIn({ login: owner.username, password })).toMatchObject({ status: 'signed_in' });
});

test('the site asks for passkeys of its own hostname, with the person verified', async () => {
  const { someone: owner, answer } = await personWithPasskey();
  const options = await owner.startPasskey({ password: owner.password, passkey: await answer() });
  const { hostname } = new URL(theSandbox().siteUrl);
  expect(options).toMatchObject({
    rp: { id: hostname },
    user: { name: owner.username },
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: [expect.anything()],
  });
});

test('mails about a passkey that was added or removed', async () => {
  const someone = await personWithEmail();
  const { password, email } = someone;
  const { passkeyId, answer } = await withPasskey(someone);
  await mailTo(email, 'A passkey was added');
  await someone.removePasskey({ passkeyId, password, passkey: await answer() });
  await mailTo(email, 'A passkey was removed');
});

test('an account is deleted by password and passkey, and its passkey signs in no more', async () => {
  const { someone: owner, key, answer } = await personWithPasskey();
  const { password } = owner;
  await expectProblem(owner.deleteMe({ password }), 403, 'second_factor_required');
  const unused = key.answer(await client().startPasskeyLogIn());
  await owner.deleteMe({ password, passkey: await answer() });
  await expectProblem(client().logInWithPasskey({ response: unused }), 401, 'wrong_code');
});
