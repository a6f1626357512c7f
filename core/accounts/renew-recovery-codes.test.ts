import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';

const WRONG = { refused: 'wrong_second_factor' };

test('gives ten new codes, and the old ones are void', async () => {
  const { registerWithTotp, renewRecoveryCodes, getMe, stepUp, codeOf } = testWorld();
  const { caller, secret, recoveryCodes: old } = await registerWithTotp('ann');
  expect(await stepUp(caller, old[0]!, async () => 'unspent')).toBe('unspent');
  const code = codeOf(secret);
  expect(await renewRecoveryCodes({ password: 'not it', code }, caller)).toEqual(WRONG);
  expect(await renewRecoveryCodes({ password: PASSWORD, code: 'no' }, caller)).toEqual(WRONG);
  const { recoveryCodes } = granted(await renewRecoveryCodes({ password: PASSWORD, code }, caller));
  expect(new Set([...recoveryCodes, ...old]).size).toBe(20);
  expect(await renewRecoveryCodes({ password: PASSWORD, code }, caller)).toEqual(WRONG);
  expect(await stepUp(caller, old[1]!, async () => 'accepted')).toEqual(WRONG);
  expect(await stepUp(caller, recoveryCodes[0]!, async () => 'accepted')).toBe('accepted');
  expect(await getMe(caller)).toMatchObject({ recoveryCodesLeft: 10 });
});

test('tells how many codes are left', async () => {
  const { register, callerOf, registerWithTotp, challenge, logInSecondFactor, getMe } = testWorld();
  const { caller, recoveryCodes } = await registerWithTotp('ann');
  granted(await logInSecondFactor({ challengeToken: await challenge('ann'), code: recoveryCodes[0]! }, HOME));
  expect(await getMe(caller)).toMatchObject({ recoveryCodesLeft: 9 });
  expect(await getMe(callerOf(await register('bob')))).not.toHaveProperty('recoveryCodesLeft');
});

test('an account without a second factor has no codes to renew', async () => {
  const { register, callerOf, renewRecoveryCodes } = testWorld();
  const caller = callerOf(await register('ann'));
  const refused = await renewRecoveryCodes({ password: PASSWORD, code: '123456' }, caller);
  expect(refused).toEqual({ refused: 'out_of_order', state: 'off' });
});
