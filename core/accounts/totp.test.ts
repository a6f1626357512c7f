import { MINUTE_MS } from '#core/time.ts';
import { accountsWorld, granted, HOME, PASSWORD } from '#tests/helpers/accounts-world.ts';

const WRONG = { refused: 'wrong_second_factor' };
const WRONG_CODE = { refused: 'wrong_code' };

test('the secret is the server’s, counts once confirmed, and is not stored in clear', async () => {
  const { register, callerOf, startTotp, confirmTotp, getMe, logIn, codeOf, ports } = accountsWorld();
  const caller = callerOf(await register('ann'));
  const { secret: replaced } = granted(await startTotp({ password: PASSWORD }, caller));
  const { secret, otpauthUri } = granted(await startTotp({ password: PASSWORD }, caller));
  expect(otpauthUri).toBe(`otpauth://totp/Pupero:ann?secret=${secret}&issuer=Pupero`);
  expect(JSON.stringify(await ports.factors.get(caller.accountId))).not.toContain(secret);
  expect(granted(await logIn({ login: 'ann', password: PASSWORD }, HOME))).toHaveProperty('signedIn');

  expect(await confirmTotp({ code: codeOf(replaced) }, caller)).toEqual(WRONG);
  const { recoveryCodes } = granted(await confirmTotp({ code: codeOf(secret) }, caller));

  expect(new Set(recoveryCodes).size).toBe(10);
  expect(await getMe(caller)).toMatchObject({ totpEnabled: true });
  expect(await startTotp({ password: PASSWORD }, caller)).toEqual({ refused: 'out_of_order', state: 'on' });
  for (const code of [codeOf(secret, 1), 'no'])
    expect(await confirmTotp({ code }, caller)).toEqual({ refused: 'out_of_order', state: 'on' });
});

test('an open page alone changes nothing: the password is asked again', async () => {
  const { register, callerOf, startTotp, confirmTotp, disableTotp } = accountsWorld();
  const caller = callerOf(await register('ann'));
  expect(await startTotp({ password: 'not it' }, caller)).toEqual(WRONG);
  const OFF = { refused: 'out_of_order', state: 'off' };
  expect(await confirmTotp({ code: '123456' }, caller)).toEqual(OFF);
  expect(await disableTotp({ password: PASSWORD, code: '123456' }, caller)).toEqual(OFF);
});

test('a code of one step before or after is taken, of two is not', async () => {
  const { registerWithTotp, challenge, logInSecondFactor, codeOf, pass } = accountsWorld();
  const { secret } = await registerWithTotp('ann');
  const tryStep = async (steps: number) =>
    logInSecondFactor({ challengeToken: await challenge('ann'), code: codeOf(secret, steps) }, HOME);
  pass(5 * MINUTE_MS);
  expect(await tryStep(-2)).toEqual(WRONG_CODE);
  expect(await tryStep(2)).toEqual(WRONG_CODE);
  for (const step of [-1, 0, 1]) granted(await tryStep(step));
});

test('a code works once: of 20 at once one signs in, and none of an earlier step after it', async () => {
  const { registerWithTotp, challenge, logInSecondFactor, codeOf } = accountsWorld();
  const { secret } = await registerWithTotp('ann');
  const challenges = await Promise.all(Array.from({ length: 20 }, () => challenge('ann')));
  const code = codeOf(secret, 1);
  const results = await Promise.all(
    challenges.map((challengeToken) => logInSecondFactor({ challengeToken, code }, HOME)),
  );
  expect(results.filter((result) => 'signedIn' in result)).toHaveLength(1);
  const earlier = { challengeToken: await challenge('ann'), code: codeOf(secret) };
  expect(await logInSecondFactor(earlier, HOME)).toEqual(WRONG_CODE);
});

test('the code that confirmed the factor signs nobody in', async () => {
  const { registerWithTotp, challenge, logInSecondFactor, codeOf } = accountsWorld();
  const { secret } = await registerWithTotp('ann');
  const again = { challengeToken: await challenge('ann'), code: codeOf(secret, -1) };
  expect(await logInSecondFactor(again, HOME)).toEqual(WRONG_CODE);
});

test('each recovery code signs in once, however it is written', async () => {
  const { registerWithTotp, challenge, logInSecondFactor } = accountsWorld();
  const { recoveryCodes } = await registerWithTotp('ann');
  for (const code of recoveryCodes) {
    const sloppy = ` ${code.toUpperCase().replaceAll('-', ' ')} `;
    granted(await logInSecondFactor({ challengeToken: await challenge('ann'), code: sloppy }, HOME));
    const again = { challengeToken: await challenge('ann'), code };
    expect(await logInSecondFactor(again, HOME)).toEqual(WRONG_CODE);
  }
});

test('a challenge is used up by one success, by five failures, and after five minutes', async () => {
  const { registerWithTotp, challenge, logInSecondFactor, codeOf, pass } = accountsWorld();
  const { secret, recoveryCodes } = await registerWithTotp('ann');
  const [used, failed, late] = [await challenge('ann'), await challenge('ann'), await challenge('ann')];
  granted(await logInSecondFactor({ challengeToken: used, code: recoveryCodes[0]! }, HOME));
  const usedAgain = { challengeToken: used, code: recoveryCodes[1]! };
  expect(await logInSecondFactor(usedAgain, HOME)).toEqual(WRONG_CODE);

  for (let failure = 1; failure <= 5; failure++)
    expect(await logInSecondFactor({ challengeToken: failed, code: 'no' }, HOME)).toEqual(WRONG_CODE);
  const sixth = { challengeToken: failed, code: codeOf(secret) };
  expect(await logInSecondFactor(sixth, HOME)).toEqual(WRONG_CODE);

  pass(5 * MINUTE_MS);
  const tooLate = { challengeToken: late, code: recoveryCodes[1]! };
  expect(await logInSecondFactor(tooLate, HOME)).toEqual(WRONG_CODE);
});

test('it is turned off with password and code of either kind, and then not asked for', async () => {
  const { registerWithTotp, disableTotp, getMe, logIn, codeOf } = accountsWorld();
  const { caller, secret, recoveryCodes } = await registerWithTotp('ann');
  expect(await disableTotp({ password: 'not it', code: codeOf(secret) }, caller)).toEqual(WRONG);
  expect(await disableTotp({ password: PASSWORD, code: 'no' }, caller)).toEqual(WRONG);
  expect(await getMe(caller)).toMatchObject({ totpEnabled: true });
  expect(await disableTotp({ password: PASSWORD, code: recoveryCodes[3]! }, caller)).toBeUndefined();
  expect(granted(await logIn({ login: 'ann', password: PASSWORD }, HOME))).toHaveProperty('signedIn');
});

test('a withdrawal asks for the code of those who have one, and uses it up', async () => {
  const { register, callerOf, registerWithTotp, startTotp, secondFactor, codeOf } = accountsWorld();
  const bob = callerOf(await register('bob'));
  const { accountId } = bob;
  expect(await secondFactor.check(accountId, undefined, 'a')).toBeUndefined();
  granted(await startTotp({ password: PASSWORD }, bob));
  expect(await secondFactor.check(accountId, 'anything', 'a')).toBeUndefined();

  const { caller, secret, recoveryCodes } = await registerWithTotp('ann');
  let asked = 0;
  const check = (code?: string, purpose = `${asked++}`) =>
    secondFactor.check(caller.accountId, code, purpose);
  expect(await check()).toBe('second_factor_required');
  expect(await check('000000x')).toBe('wrong_second_factor');
  expect(await check(codeOf(secret))).toBeUndefined();
  expect(await check(codeOf(secret))).toBe('wrong_second_factor');
  expect(await check(recoveryCodes[0])).toBeUndefined();
  expect(await check(recoveryCodes[0])).toBe('wrong_second_factor');
});

test('a code that was used for one thing is good for the same again, also at once, and for no other', async () => {
  const { registerWithTotp, secondFactor, codeOf, pass } = accountsWorld();
  const { caller, secret, recoveryCodes } = await registerWithTotp('ann');
  const check = (code: string, purpose: string) => secondFactor.check(caller.accountId, code, purpose);
  for (const code of [codeOf(secret), recoveryCodes[0]!]) {
    const atOnce = await Promise.all([1, 2, 3].map(() => check(code, `first ${code}`)));
    expect(atOnce).toEqual([undefined, undefined, undefined]);
    expect(await check(code, `second ${code}`)).toBe('wrong_second_factor');
    expect(await check(code, `first ${code}`)).toBeUndefined();
  }
  expect(await check(recoveryCodes[1]!, 'third')).toBeUndefined();
  expect(await check(recoveryCodes[0]!, `first ${recoveryCodes[0]}`)).toBe('wrong_second_factor');
  pass(30_000);
  expect(await check(codeOf(secret, 1), 'fourth')).toBeUndefined();
});
