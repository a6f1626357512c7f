import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import { LIMITS } from './throttle.ts';

const ENDED = { refused: 'session_ended' };
const NEXT = 'another long password';

test('changes the password, ends all other sessions, and keeps the own one', async () => {
  const { register, logIn, callerOf, changePassword, refreshSession, ports } = testWorld();
  const here = await register('ann');
  const elsewhere = granted(await logIn({ login: 'ann', password: PASSWORD }, HOME));
  if (!('refreshToken' in elsewhere)) throw new Error('not signed in');

  expect(
    await changePassword({ currentPassword: PASSWORD, newPassword: NEXT }, callerOf(here)),
  ).toBeUndefined();

  expect(await refreshSession(elsewhere.refreshToken)).toEqual(ENDED);
  expect(await ports.sessions.get(callerOf(elsewhere))).toBeUndefined();
  granted(await refreshSession(here.refreshToken));
  expect(await logIn({ login: 'ann', password: PASSWORD }, HOME)).toEqual({ refused: 'wrong_credentials' });
  granted(await logIn({ login: 'ann', password: NEXT }, HOME));
});

test('refuses a wrong or guessable password, and limits guesses', async () => {
  const { register, callerOf, changePassword } = testWorld();
  const caller = callerOf(await register('ann-1'));
  const change = (currentPassword: string, newPassword = NEXT) =>
    changePassword({ currentPassword, newPassword }, caller);
  expect(await change(PASSWORD, 'password123')).toEqual({ refused: 'password_too_common' });
  expect(await change(PASSWORD, 'xx ANN-1 xx')).toEqual({ refused: 'password_too_common' });
  for (let n = 0; n < LIMITS.codes.burst; n++)
    expect(await change('not it')).toEqual({ refused: 'wrong_password' });
  expect(await change(PASSWORD)).toMatchObject({ refused: 'too_many_requests' });
});

test('asks for the second factor, and spends its code with the change', async () => {
  const { registerWithTotp, changePassword, codeOf, stepUp } = testWorld();
  const { caller, secret } = await registerWithTotp('ann');
  const code = codeOf(secret);
  const passwords = { currentPassword: PASSWORD, newPassword: NEXT };
  expect(await changePassword(passwords, caller)).toEqual({ refused: 'second_factor_required' });
  const wrong = await changePassword({ ...passwords, code: 'no' }, caller);
  expect(wrong).toEqual({ refused: 'wrong_second_factor' });
  expect(await changePassword({ ...passwords, code }, caller)).toBeUndefined();
  expect(await stepUp(caller, code, async () => 'done')).toEqual({ refused: 'wrong_second_factor' });
});

test('a sign-in whose password was changed after it was checked gets no session', async () => {
  const { register, callerOf, logIn, changePassword, between, ports } = testWorld();
  const caller = callerOf(await register('ann'));
  between('accounts', 'byUsername', async () => {
    await changePassword({ currentPassword: PASSWORD, newPassword: NEXT }, caller);
  });
  expect(await logIn({ login: 'ann', password: PASSWORD }, HOME)).toEqual({ refused: 'wrong_credentials' });
  const { items } = await ports.sessions.ofAccount(caller.accountId, { limit: 10 });
  expect(items.map(({ id }) => id)).toEqual([caller.sessionId]);
});

test('a challenge from before the change opens no session', async () => {
  const { registerWithTotp, challenge, changePassword, logInSecondFactor } = testWorld();
  const { caller, recoveryCodes } = await registerWithTotp('ann');
  const challengeToken = await challenge('ann');
  const passwords = { currentPassword: PASSWORD, newPassword: NEXT, code: recoveryCodes[0]! };
  expect(await changePassword(passwords, caller)).toBeUndefined();
  const late = await logInSecondFactor({ challengeToken, code: recoveryCodes[1]! }, HOME);
  expect(late).toEqual({ refused: 'wrong_code' });
});

test('another change between reading and writing is not lost', async () => {
  const { register, callerOf, changePassword, updateMe, getMe, logIn, between } = testWorld();
  const caller = callerOf(await register('ann'));
  between('accounts', 'get', async () => {
    await updateMe({ displayName: 'Ann B.' }, caller);
  });
  expect(await changePassword({ currentPassword: PASSWORD, newPassword: NEXT }, caller)).toBeUndefined();
  expect(await getMe(caller)).toMatchObject({ displayName: 'Ann B.' });
  granted(await logIn({ login: 'ann', password: NEXT }, HOME));
});

test('a process that dies after the save leaves no other session that can be refreshed', async () => {
  const { register, logIn, callerOf, changePassword, refreshSession, ports } = testWorld();
  const here = await register('ann');
  const elsewhere = granted(await logIn({ login: 'ann', password: PASSWORD }, HOME));
  if (!('refreshToken' in elsewhere)) throw new Error('not signed in');
  ports.sessions.keep = () => Promise.reject(new Error('died'));
  const passwords = { currentPassword: PASSWORD, newPassword: NEXT };
  await expect(changePassword(passwords, callerOf(here))).rejects.toThrow('died');
  for (const { refreshToken } of [here, elsewhere]) expect(await refreshSession(refreshToken)).toEqual(ENDED);
  granted(await logIn({ login: 'ann', password: NEXT }, HOME));
});
