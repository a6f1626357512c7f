import { client } from '#tests/helpers/client.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, person } from '#tests/helpers/person.ts';
import { codeOf } from '#tests/helpers/totp.ts';

/** Somebody whose second factor is on; it was confirmed with the code of the step before this one. */
async function carefulPerson() {
  const someone = await person();
  const { secret, otpauthUri } = await someone.startTotp({ password: someone.password });
  expect(otpauthUri).toContain(secret);
  const { recoveryCodes } = await someone.confirmTotp({ code: codeOf(secret, -1) });
  const challenge = async () => {
    const elsewhere = client();
    const answer = await elsewhere.logIn({ login: someone.username, password: someone.password });
    if (answer.status !== 'second_factor_required') throw new Error('No second factor was asked for.');
    return { ...elsewhere, challengeToken: answer.challengeToken };
  };
  return { someone, secret, recoveryCodes, challenge };
}

const wrongCode = (secret: string) => `${(Number(codeOf(secret)) + 500_000) % 1_000_000}`.padStart(6, '0');

test('the second factor is asked for once it is confirmed, and not before', async () => {
  const someone = await person();
  const { secret } = await someone.startTotp({ password: someone.password });
  const signIn = { login: someone.username, password: someone.password };
  expect(await client().logIn(signIn)).toMatchObject({ status: 'signed_in' });

  await expectProblem(someone.confirmTotp({ code: wrongCode(secret) }), 403, 'wrong_second_factor');
  await someone.confirmTotp({ code: codeOf(secret) });

  expect(await client().logIn(signIn)).toEqual({
    status: 'second_factor_required',
    challengeToken: expect.any(String),
  });
  expect(await someone.getMe()).toMatchObject({ totpEnabled: true });
});

test('a code signs in once: the same one again is wrong', async () => {
  const { someone, secret, challenge } = await carefulPerson();
  const code = codeOf(secret);
  const first = await challenge();
  const signedIn = await first.logInSecondFactor({ challengeToken: first.challengeToken, code });
  expect(signedIn.account.username).toBe(someone.username);

  const second = await challenge();
  const again = second.logInSecondFactor({ challengeToken: second.challengeToken, code });
  await expectProblem(again, 401, 'wrong_code');
});

test('of the same code twenty times at once, one signs in', async () => {
  const { secret, challenge } = await carefulPerson();
  const code = codeOf(secret);
  const tries = await Promise.all(Array.from({ length: 4 }, challenge));
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, index) => tries[index % 4]!).map(({ logInSecondFactor, challengeToken }) =>
      logInSecondFactor({ challengeToken, code }),
    ),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a recovery code signs in once', async () => {
  const { recoveryCodes, challenge } = await carefulPerson();
  const [code = ''] = recoveryCodes;
  expect(new Set(recoveryCodes).size).toBe(10);
  const first = await challenge();
  await first.logInSecondFactor({ challengeToken: first.challengeToken, code });
  await first.getMe();
  const second = await challenge();
  await expectProblem(
    second.logInSecondFactor({ challengeToken: second.challengeToken, code }),
    401,
    'wrong_code',
  );
});

test('a challenge ends with its first success, and after five failures', async () => {
  const { secret, recoveryCodes, challenge } = await carefulPerson();
  const { challengeToken, logInSecondFactor } = await challenge();
  for (let failure = 1; failure <= 5; failure += 1)
    await expectProblem(logInSecondFactor({ challengeToken, code: wrongCode(secret) }), 401, 'wrong_code');
  await expectProblem(logInSecondFactor({ challengeToken, code: codeOf(secret) }), 401, 'wrong_code');

  const next = await challenge();
  const { challengeToken: used } = next;
  await next.logInSecondFactor({ challengeToken: used, code: recoveryCodes[0]! });
  await expectProblem(
    next.logInSecondFactor({ challengeToken: used, code: recoveryCodes[1]! }),
    401,
    'wrong_code',
  );
});

test('it is turned off with password and code, and then no more asked for', async () => {
  const { someone, secret } = await carefulPerson();
  const { username, password } = someone;
  const code = codeOf(secret);
  await expectProblem(someone.disableTotp({ password: 'not it', code }), 403, 'wrong_second_factor');
  await expectProblem(someone.disableTotp({ password, code: wrongCode(secret) }), 403, 'wrong_second_factor');

  await someone.disableTotp({ password, code: codeOf(secret, 1) });

  expect(await client().logIn({ login: username, password })).toMatchObject({ status: 'signed_in' });
});

test('a withdrawal wants the code again, and a wrong one holds nothing', async () => {
  const { someone, secret } = await carefulPerson();
  await someone.withFunds('2');
  const asked = { address: await payee.newAddress(), amountXmr: '1' };
  await expectProblem(someone.requestWithdrawal(asked, aKey()), 403, 'second_factor_required');
  const wrong = someone.requestWithdrawal({ ...asked, code: wrongCode(secret) }, aKey());
  await expectProblem(wrong, 403, 'wrong_second_factor');
  expect(await someone.wallet()).toMatchObject({ availableXmr: '2', heldXmr: '0' });

  const key = aKey();
  const first = await someone.requestWithdrawal({ ...asked, code: codeOf(secret) }, key);
  const again = await someone.requestWithdrawal({ ...asked, code: codeOf(secret) }, key);
  expect(again).toEqual(first);
});

test('one withdrawal asked for many times at once, with one code, is one withdrawal and one answer', async () => {
  const { someone, recoveryCodes } = await carefulPerson();
  await someone.withFunds('2');
  const [code = ''] = recoveryCodes;
  const asked = { address: await payee.newAddress(), amountXmr: '1', code };
  const key = aKey();
  const answers = await Promise.all(Array.from({ length: 10 }, () => someone.requestWithdrawal(asked, key)));
  expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  await expectProblem(someone.requestWithdrawal(asked, aKey()), 403, 'wrong_second_factor');
});
