import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';

const ENDED = { refused: 'session_ended' };

test('ends the session of a valid or spent token, and no other session', async () => {
  const { register, logIn, logOut, refreshSession } = testWorld();
  const first = await register('ann');
  const elsewhere = granted(await logIn({ login: 'ann', password: PASSWORD }, HOME));
  const second = granted(await refreshSession(first.refreshToken));
  await logOut(first.refreshToken);
  expect(await refreshSession(second.refreshToken)).toEqual(ENDED);
  await logOut(second.refreshToken);
  granted(await refreshSession('refreshToken' in elsewhere ? elsewhere.refreshToken : undefined));
});
