import { accountsWorld, granted, HOME, PASSWORD } from '#tests/helpers/accounts-world.ts';
import { foldedUsername } from './accounts.ts';
import { charactersIn } from './limits.ts';

test.each([
  ['password123', 'one of the commonest'],
  ['PassWord123', 'one of the commonest, whatever its case'],
  ['Ann-1', 'the username, were it long enough'],
  ['xx ANN-1 xx', 'what contains the username'],
])('%j is refused as a password: it is %s', async (password) => {
  const { registerAccount } = accountsWorld();
  const result = await registerAccount({ username: 'ann-1', password }, HOME);
  expect(result).toEqual({ refused: 'password_too_common' });
});

test('a username is taken whatever its case, and then no session is opened', async () => {
  const { register, registerAccount } = accountsWorld();
  await register('Ann');
  const result = await registerAccount({ username: 'aNN', password: PASSWORD }, HOME);
  expect(result).toEqual({ refused: 'username_taken' });
  expect(foldedUsername('ÉVA')).toBe(foldedUsername('éva'));
});

test('an account is shown as the API has it, without its hash', async () => {
  const world = accountsWorld();
  const signIn = await world.register('Ann');
  const account = {
    ...{ id: expect.any(String), username: 'Ann', language: 'en', totpEnabled: false },
    createdAt: world.clock.now(),
  };
  expect(signIn.signedIn).toEqual({
    status: 'signed_in',
    account,
    accessToken: expect.any(String),
    accessTokenExpiresAt: world.clock.now() + 15 * 60_000,
  });
  expect(await world.getMe(world.callerOf(signIn))).toEqual(account);
});

test('an unknown user and a wrong password differ in nothing, and both cost one verification', async () => {
  const { register, logIn, verified, ports } = accountsWorld();
  await register('ann');
  const wrong = await logIn({ login: 'ann', password: 'not it at all' }, HOME);
  const unknown = await logIn({ login: 'nobody', password: PASSWORD }, HOME);
  expect(wrong).toEqual({ refused: 'wrong_credentials' });
  expect(unknown).toEqual(wrong);
  expect(verified).toEqual([`new:${PASSWORD}`, ports.passwords.dummyHash]);
});

test('letters composed in another way are the same password, and spaces are kept', async () => {
  const { register, logIn } = accountsWorld();
  await register('ann', ' caf\u00e9 de Paris ');
  granted(await logIn({ login: 'ANN', password: ' cafe\u0301 de Paris ' }, HOME));
  const trimmed = await logIn({ login: 'ann', password: 'caf\u00e9 de Paris' }, HOME);
  expect(trimmed).toEqual({ refused: 'wrong_credentials' });
});

test('characters are counted as people count them', () => {
  expect(charactersIn('e\u0301'.repeat(8))).toBe(8);
  expect(charactersIn('😀'.repeat(128))).toBe(128);
});

test('a hash made with less effort is made anew at the next login, and at no wrong password', async () => {
  const { register, logIn, ports } = accountsWorld();
  const { id } = (await register('ann')).signedIn.account;
  await ports.accounts.replaceHash(id, `new:${PASSWORD}`, `old:${PASSWORD}`);
  await logIn({ login: 'ann', password: 'not it at all' }, HOME);
  expect((await ports.accounts.get(id))?.passwordHash).toBe(`old:${PASSWORD}`);
  granted(await logIn({ login: 'ann', password: PASSWORD }, HOME));
  expect((await ports.accounts.get(id))?.passwordHash).toBe(`new:${PASSWORD}`);
});
