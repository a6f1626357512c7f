import { client } from '#tests/helpers/client.ts';
import { expectProblem, pathsOf } from '#tests/helpers/expect-problem.ts';
import { CONFIRM_EMAIL, personWithEmail, RESET_PASSWORD } from '#tests/helpers/guarded-person.ts';
import { anAddress, mailTo, tokenIn } from '#tests/helpers/mailbox.ts';
import { payee } from '#tests/helpers/payee.ts';
import { aKey, person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { codeOf } from '#tests/helpers/totp.ts';

test("an address is the account's once its link is opened", async () => {
  const someone = await person();
  const { password } = someone;
  const email = anAddress();
  await expectProblem(someone.changeEmail({ email, password: 'wrong' }), 403, 'wrong_password');
  await someone.changeEmail({ email, password });
  const token = tokenIn(await mailTo(email, CONFIRM_EMAIL));
  expect(await someone.getMe()).toMatchObject({ emailConfirmed: false });

  await expectProblem((await person()).confirmEmail({ token }), 422, 'invalid_token');
  await someone.confirmEmail({ token });
  await expectProblem(someone.confirmEmail({ token }), 422, 'invalid_token');

  expect(await someone.getMe()).toMatchObject({ email, emailConfirmed: true });
  await mailTo(email, 'Your e-mail address is confirmed');
});

test('a confirmed address is replaced, and removed', async () => {
  const someone = await personWithEmail();
  const { password } = someone;
  const next = anAddress();
  await someone.changeEmail({ email: next, password });
  await someone.confirmEmail({ token: tokenIn(await mailTo(next, CONFIRM_EMAIL)) });
  expect(await someone.getMe()).toMatchObject({ email: next });
  await someone.changeEmail({ email: null, password });
  expect(await someone.getMe()).toMatchObject({ emailConfirmed: false });
});

test('a reset sets a new password, ends every session, and works once', async () => {
  const { email, username, password, getWallet, refreshSession } = await personWithEmail();
  await client().requestPasswordReset({ email });
  const mail = await mailTo(email, RESET_PASSWORD);
  expect(mail.text).toContain(`${theSandbox().siteUrl}/reset-password#`);
  const token = tokenIn(mail);
  const newPassword = `${password} again`;

  await expectProblem(
    client().confirmPasswordReset({ token, newPassword: 'password123' }),
    422,
    'password_too_common',
  );
  await client().confirmPasswordReset({ token, newPassword });
  await expectProblem(client().confirmPasswordReset({ token, newPassword }), 422, 'invalid_token');

  await expectProblem(getWallet(), 401, 'not_signed_in');
  await expectProblem(refreshSession(), 401, 'session_ended');
  await expectProblem(client().logIn({ login: username, password }), 401, 'wrong_credentials');
  expect(await client().logIn({ login: username, password: newPassword })).toMatchObject({
    status: 'signed_in',
  });
  await mailTo(email, 'Your password was changed');
});

test('of 20 resets with one link at once, one sets the password', async () => {
  const { email } = await personWithEmail();
  await client().requestPasswordReset({ email });
  const token = tokenIn(await mailTo(email, RESET_PASSWORD));
  const tries = Array.from({ length: 20 }, (_, n) =>
    client().confirmPasswordReset({ token, newPassword: `correct horse battery ${n}` }),
  );
  const results = await Promise.allSettled(tries);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
});

test('a reset does not bypass the second factor', async () => {
  const someone = await personWithEmail();
  const { email, username, password } = someone;
  const { secret } = await someone.startTotp({ password });
  await someone.confirmTotp({ code: codeOf(secret) });
  await mailTo(email, 'Two-factor authentication is on');
  await client().requestPasswordReset({ email });
  const newPassword = `${password} again`;
  await client().confirmPasswordReset({ token: tokenIn(await mailTo(email, RESET_PASSWORD)), newPassword });
  expect(await client().logIn({ login: username, password: newPassword })).toMatchObject({
    status: 'second_factor_required',
  });
});

test.each([
  'no address',
  'a@pupero.test\r\nBcc: eve@pupero.test',
  'a@pupero.test, eve@pupero.test',
  'Ann <a@pupero.test>',
  `${'a'.repeat(250)}@pupero.test`,
  'a\u0000@pupero.test',
])('refuses %j as an address, so that no mail gets another header or recipient', async (email) => {
  const { changeEmail, password } = await person();
  const problem = await expectProblem(changeEmail({ email, password }), 400, 'invalid_request');
  expect(pathsOf(problem)).toEqual(['email']);
  await expectProblem(client().requestPasswordReset({ email }), 400, 'invalid_request');
});

test('an address of another account is not told apart', async () => {
  const { email } = await personWithEmail();
  const stranger = await person();
  await stranger.changeEmail({ email, password: stranger.password });
  await mailTo(email, 'Your address is in use already');
  expect(await stranger.getMe()).toMatchObject({ emailConfirmed: false });
});

test('the owner hears of a new device and of a withdrawal, with the anti-phishing phrase', async () => {
  const someone = await personWithEmail();
  const { email, username, password } = someone;
  await someone.updateMe({ antiPhishingPhrase: 'blue whale', language: 'fr' });
  await client().logIn({ login: username, password });
  const { text, html } = await mailTo(email, 'Nouvelle connexion à votre compte');
  for (const body of [text, html]) expect(body).toContain('blue whale');

  await someone.withFunds('1');
  await someone.requestWithdrawal({ address: await payee.newAddress(), amountXmr: '0.1' }, aKey());
  await mailTo(email, 'Un retrait a été demandé');
});
