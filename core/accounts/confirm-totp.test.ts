import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';

const WRONG = { refused: 'wrong_second_factor' };

test('makes a secret that takes effect once confirmed, and stores it encrypted', async () => {
  const { register, callerOf, startTotp, confirmTotp, getMe, logIn, codeOf, ports } = testWorld();
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

test('refuses a change of the second factor without the password', async () => {
  const { register, callerOf, startTotp, confirmTotp, disableTotp } = testWorld();
  const caller = callerOf(await register('ann'));
  expect(await startTotp({ password: 'not it' }, caller)).toEqual(WRONG);
  const OFF = { refused: 'out_of_order', state: 'off' };
  expect(await confirmTotp({ code: '123456' }, caller)).toEqual(OFF);
  expect(await disableTotp({ password: PASSWORD, code: '123456' }, caller)).toEqual(OFF);
});

test('a change of the password makes a secret void that was not confirmed, also if it comes at the same time', async () => {
  const { register, callerOf, startTotp, confirmTotp, changePassword, getMe, codeOf, between } = testWorld();
  const caller = callerOf(await register('ann'));
  const OFF = { refused: 'out_of_order', state: 'off' };
  const change = (currentPassword: string, newPassword: string) =>
    changePassword({ currentPassword, newPassword }, caller);
  const earlier = granted(await startTotp({ password: PASSWORD }, caller));
  expect(await change(PASSWORD, 'another horse battery')).toBeUndefined();
  expect(await confirmTotp({ code: codeOf(earlier.secret) }, caller)).toEqual(OFF);

  const atOnce = granted(await startTotp({ password: 'another horse battery' }, caller));
  between('accounts', 'get', () => change('another horse battery', 'a third horse battery'));
  expect(await confirmTotp({ code: codeOf(atOnce.secret) }, caller)).toEqual(OFF);
  expect(await getMe(caller)).toMatchObject({ totpEnabled: false });

  const fresh = granted(await startTotp({ password: 'a third horse battery' }, caller));
  granted(await confirmTotp({ code: codeOf(fresh.secret) }, caller));
});
