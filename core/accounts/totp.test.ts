import { refusal } from '#core/refusal.ts';
import type { Proof } from '#core/step-up.ts';
import { MINUTE_MS } from '#core/time.ts';
import { accountsWorld, granted, HOME, PASSWORD } from '#tests/helpers/accounts-world.ts';
import { LIMITS } from './throttle.ts';

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

test('step-up asks those for a code who have a second factor, and hands on what to spend', async () => {
  const { register, callerOf, registerWithTotp, startTotp, stepUp, codeOf, ports } = accountsWorld();
  const bob = callerOf(await register('bob'));
  const proofGiven = async (proof: unknown) => ({ proof });
  expect(await stepUp(bob, undefined, proofGiven)).toEqual({ proof: undefined });
  granted(await startTotp({ password: PASSWORD }, bob));
  expect(await stepUp(bob, 'anything', proofGiven)).toEqual({ proof: undefined });

  const { caller, secret, recoveryCodes } = await registerWithTotp('ann');
  const spent = async (proof: Proof | undefined) => (await ports.factors.spend(proof!)) ?? 'spent';
  expect(await stepUp(caller, undefined, spent)).toEqual({ refused: 'second_factor_required' });
  for (const code of [codeOf(secret), recoveryCodes[0]!]) {
    expect(await stepUp(caller, code, spent)).toBe('spent');
    expect(await stepUp(caller, code, spent)).toEqual(WRONG);
  }
  for (const code of ['000000x', codeOf(secret, -1), ''])
    expect(await stepUp(caller, code, spent)).toEqual(WRONG);
});

test('an effect that fails for another reason leaves the code good, however often', async () => {
  const { registerWithTotp, stepUp, codeOf } = accountsWorld();
  const { caller, secret } = await registerWithTotp('ann');
  const insufficient = refusal('insufficient_funds');
  for (let n = 0; n < 2 * LIMITS.codes.burst; n++)
    expect(await stepUp(caller, codeOf(secret), async () => insufficient)).toEqual(insufficient);
  const failing = stepUp(caller, codeOf(secret), () => Promise.reject(new Error('away')));
  await expect(failing).rejects.toThrow('away');
  expect(await stepUp(caller, codeOf(secret), async () => 'done')).toBe('done');
});

test('the code that turns the factor off is spent by nothing else that fails', async () => {
  const { registerWithTotp, disableTotp, stepUp } = accountsWorld();
  const { caller, recoveryCodes } = await registerWithTotp('ann');
  const code = recoveryCodes[0]!;
  expect(await disableTotp({ password: 'not it', code }, caller)).toEqual(WRONG);
  const atOnce = await Promise.all([1, 2, 3].map(() => disableTotp({ password: PASSWORD, code }, caller)));
  expect(atOnce.filter((one) => one === undefined)).toHaveLength(1);
  expect(await stepUp(caller, undefined, async () => 'done')).toBe('done');
});
