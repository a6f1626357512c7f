import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';

test('unknown users and wrong passwords are indistinguishable, and both cost one verification', async () => {
  const { register, logIn, passwords } = testWorld();
  await register('ann');
  const wrong = await logIn({ login: 'ann', password: 'not it at all' }, HOME);
  const unknown = await logIn({ login: 'nobody', password: PASSWORD }, HOME);
  expect(wrong).toEqual({ refused: 'wrong_credentials' });
  expect(unknown).toEqual(wrong);
  expect(passwords.verified).toEqual([`new:${PASSWORD}`, passwords.dummyHash]);
});

test('a password is the same however its letters are composed, and its spaces are kept', async () => {
  const { register, logIn } = testWorld();
  await register('ann', ' caf\u00e9 de Paris ');
  granted(await logIn({ login: 'ANN', password: ' cafe\u0301 de Paris ' }, HOME));
  const trimmed = await logIn({ login: 'ann', password: 'caf\u00e9 de Paris' }, HOME);
  expect(trimmed).toEqual({ refused: 'wrong_credentials' });
});

test('replaces a hash of less effort at the next login, but not at a wrong password', async () => {
  const { register, logIn, ports } = testWorld();
  const { id } = (await register('ann')).signedIn.account;
  await ports.accounts.replaceHash(id, `new:${PASSWORD}`, `old:${PASSWORD}`);
  await logIn({ login: 'ann', password: 'not it at all' }, HOME);
  expect((await ports.accounts.get(id))?.passwordHash).toBe(`old:${PASSWORD}`);
  granted(await logIn({ login: 'ann', password: PASSWORD }, HOME));
  expect((await ports.accounts.get(id))?.passwordHash).toBe(`new:${PASSWORD}`);
});
