import { HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import { foldedUsername } from './accounts.ts';
import { charactersIn } from './limits.ts';

test.each([
  ['password123', 'one of the commonest'],
  ['PassWord123', 'one of the commonest, whatever its case'],
  ['Ann-1', 'the username, were it long enough'],
  ['xx ANN-1 xx', 'what contains the username'],
])('refuses the password %j: it is %s', async (password) => {
  const { registerAccount } = testWorld();
  const result = await registerAccount({ username: 'ann-1', password }, HOME);
  expect(result).toEqual({ refused: 'password_too_common' });
});

test('refuses a taken username whatever its case', async () => {
  const { register, registerAccount } = testWorld();
  await register('Ann');
  const result = await registerAccount({ username: 'aNN', password: PASSWORD }, HOME);
  expect(result).toEqual({ refused: 'username_taken' });
  expect(foldedUsername('ÉVA')).toBe(foldedUsername('éva'));
});

test('counts characters as composed code points', () => {
  expect(charactersIn('e\u0301'.repeat(8))).toBe(8);
  expect(charactersIn('😀'.repeat(128))).toBe(128);
});
