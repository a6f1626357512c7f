import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import type { SignIn } from './sign-in.ts';

/** Ann with sessions on two devices. */
async function twoDevices() {
  const world = testWorld();
  const here = await world.register('ann');
  world.pass(1_000);
  const phone = { ...HOME, device: { browser: 'Safari', system: 'iOS' } };
  const there = granted(await world.logIn({ login: 'ann', password: PASSWORD }, phone)) as SignIn;
  const [caller, other] = [world.callerOf(here), world.callerOf(there)];
  const listed = async () => granted(await world.listSessions({ page: { limit: 10 } }, caller)).items;
  return { ...world, here, there, caller, other, listed };
}

test('lists live sessions with device and last use, newest first, and marks the own one', async () => {
  const { there, refreshSession, listed, pass, caller, other, clock } = await twoDevices();
  const openedAt = clock.now();
  pass(60_000);
  await refreshSession(there.refreshToken);
  const [first, second] = await listed();
  expect(first).toMatchObject({
    id: other.sessionId,
    browser: 'Safari',
    system: 'iOS',
    current: false,
    createdAt: openedAt,
    lastUsedAt: clock.now(),
  });
  expect(second).toMatchObject({ id: caller.sessionId, current: true });
  expect(second).not.toHaveProperty('browser');
});

test('ends one session, and no session of another account', async () => {
  const { register, callerOf, endSession, listed, refreshSession, there, caller, other } = await twoDevices();
  const bob = callerOf(await register('bob'));
  expect(await endSession({ sessionId: other.sessionId }, bob)).toEqual({ refused: 'not_found' });
  expect(await endSession({ sessionId: other.sessionId }, caller)).toBeUndefined();
  expect(await endSession({ sessionId: other.sessionId }, caller)).toEqual({ refused: 'not_found' });
  expect((await listed()).map(({ id }) => id)).toEqual([caller.sessionId]);
  expect(await refreshSession(there.refreshToken)).toEqual({ refused: 'session_ended' });
});

test('ends all other sessions, however many there are', async () => {
  const { logIn, endOtherSessions, listed, here, refreshSession, caller } = await twoDevices();
  for (let n = 0; n < 60; n++) await logIn({ login: 'ann', password: PASSWORD }, HOME);
  await endOtherSessions({}, caller);
  expect((await listed()).map(({ id }) => id)).toEqual([caller.sessionId]);
  granted(await refreshSession(here.refreshToken));
});

test('a session that has expired is not listed', async () => {
  const { listed, pass, here, refreshSession } = await twoDevices();
  pass(23 * 3_600_000);
  await refreshSession(here.refreshToken);
  pass(2 * 3_600_000);
  expect(await listed()).toHaveLength(1);
});
