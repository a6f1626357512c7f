import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';

const WRONG = { refused: 'wrong_second_factor' };

test('turns the factor off with the password and a code of either kind', async () => {
  const { registerWithTotp, disableTotp, getMe, logIn, codeOf } = testWorld();
  const { caller, secret, recoveryCodes } = await registerWithTotp('ann');
  expect(await disableTotp({ password: 'not it', code: codeOf(secret) }, caller)).toEqual(WRONG);
  expect(await disableTotp({ password: PASSWORD, code: 'no' }, caller)).toEqual(WRONG);
  expect(await getMe(caller)).toMatchObject({ totpEnabled: true });
  expect(await disableTotp({ password: PASSWORD, code: recoveryCodes[3]! }, caller)).toBeUndefined();
  expect(granted(await logIn({ login: 'ann', password: PASSWORD }, HOME))).toHaveProperty('signedIn');
});

test('a refused attempt to turn the factor off leaves the code unspent, and one of three at once succeeds', async () => {
  const { registerWithTotp, disableTotp, stepUp } = testWorld();
  const { caller, recoveryCodes } = await registerWithTotp('ann');
  const code = recoveryCodes[0]!;
  expect(await disableTotp({ password: 'not it', code }, caller)).toEqual(WRONG);
  const atOnce = await Promise.all([1, 2, 3].map(() => disableTotp({ password: PASSWORD, code }, caller)));
  expect(atOnce.filter((one) => one === undefined)).toHaveLength(1);
  expect(await stepUp(caller, undefined, async () => 'done')).toBe('done');
});
