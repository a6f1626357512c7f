import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import { isRefusal } from '../refusal.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { MAX_LIVE } from './sessions.ts';

const ENDED = { refused: 'session_ended' };

test('trades a refresh token for the next one', async () => {
  const { register, refreshSession, pass } = testWorld();
  const first = await register('ann');
  pass(HOUR_MS);
  const second = granted(await refreshSession(first.refreshToken));
  expect(second.refreshToken).not.toBe(first.refreshToken);
  expect(second.signedIn.account).toEqual(first.signedIn.account);
  pass(HOUR_MS);
  granted(await refreshSession(second.refreshToken));
});

test('a token that was spent 10 s ago ends the whole session', async () => {
  const { register, refreshSession, pass } = testWorld();
  const first = await register('ann');
  const second = granted(await refreshSession(first.refreshToken));
  pass(10_000);
  expect(await refreshSession(first.refreshToken)).toEqual(ENDED);
  expect(await refreshSession(second.refreshToken)).toEqual(ENDED);
});

test('15 tabs that refresh at once with one token all get a valid token', async () => {
  const { register, refreshSession, pass } = testWorld();
  const { refreshToken } = await register('ann');
  const tabs = await Promise.all(Array.from({ length: 15 }, () => refreshSession(refreshToken)));
  const tokens = tabs.map((tab) => granted(tab).refreshToken);
  expect(new Set(tokens).size).toBe(15);
  pass(9_999);
  tokens.push(granted(await refreshSession(refreshToken)).refreshToken);
  pass(HOUR_MS);
  granted(await refreshSession(tokens[7]));
});

test('120 refreshes at once with one token all get a valid successor', async () => {
  const { register, refreshSession, pass } = testWorld();
  const { refreshToken } = await register('ann');
  const tabs = await Promise.all(Array.from({ length: 120 }, () => refreshSession(refreshToken)));
  const tokens = tabs.map((tab) => granted(tab).refreshToken);
  expect(new Set(tokens).size).toBe(120);
  for (const token of [tokens[0], tokens[119], tokens[60]]) {
    granted(await refreshSession(token));
    pass(1_000);
  }
});

test('limits the successors of one token, and keeps the session', async () => {
  const { register, refreshSession } = testWorld();
  const { refreshToken } = await register('ann');
  const tabs = await Promise.all(Array.from({ length: 300 }, () => refreshSession(refreshToken)));
  const refused = tabs.filter(isRefusal);
  expect(refused).toHaveLength(300 - MAX_LIVE);
  expect(refused[0]).toEqual({ refused: 'too_many_requests', retryAfterSeconds: 10 });
  granted(await refreshSession(granted(tabs[0]!).refreshToken));
});

test.each([
  [true, 30 * DAY_MS, 30 * 24 * 3600],
  [false, DAY_MS, undefined],
])('with remember %s a session ends %d ms after its last use', async (remember, lifeMs, maxAgeSeconds) => {
  const { register, logIn, refreshSession, pass } = testWorld();
  await register('ann');
  const first = granted(await logIn({ login: 'ann', password: PASSWORD, remember }, HOME));
  if (!('signedIn' in first)) throw new Error('not signed in');
  expect(first.maxAgeSeconds).toBe(maxAgeSeconds);
  pass(lifeMs - 1);
  const second = granted(await refreshSession(first.refreshToken));
  expect(second.maxAgeSeconds).toBe(maxAgeSeconds);
  pass(lifeMs - 1);
  const third = granted(await refreshSession(second.refreshToken));
  pass(lifeMs);
  expect(await refreshSession(third.refreshToken)).toEqual(ENDED);
});

test('refuses a guessed token, and ends no session', async () => {
  const { register, callerOf, refreshSession, logOut, ports } = testWorld();
  const signIn = await register('ann');
  const { refreshToken } = signIn;
  const [accountId, id, line, secret] = refreshToken.split('.');
  const other = (await register('eve')).refreshToken.split('.');
  const guesses = [
    undefined,
    '',
    'x',
    id,
    `${accountId}.${id}.${other[2]}.${other[3]}`,
    `${other[0]}.${id}.${line}.${secret}`,
    `${refreshToken}.`,
    `.${line}.`,
  ];
  for (const guess of guesses) {
    expect(await refreshSession(guess)).toEqual(ENDED);
    await logOut(guess);
  }
  granted(await refreshSession(refreshToken));
  const stored = JSON.stringify(await ports.sessions.get(callerOf(signIn)));
  for (const part of [line, secret]) expect(stored).not.toContain(part);
});

test('a token is valid for its own purpose only', async () => {
  const { registerWithTotp, register, challenge, refreshSession, logInSecondFactor } = testWorld();
  const { recoveryCodes } = await registerWithTotp('ann');
  const challengeToken = await challenge('ann');
  expect(await refreshSession(challengeToken)).toEqual(ENDED);
  const { refreshToken } = await register('bob');
  const result = await logInSecondFactor({ challengeToken: refreshToken, code: recoveryCodes[0]! }, HOME);
  expect(result).toEqual({ refused: 'wrong_code' });
});
