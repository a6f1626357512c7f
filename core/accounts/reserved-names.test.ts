import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import { isReserved } from './reserved-names.ts';

test.each([
  ['admin', 'support', 'pupero', 'system', 'moderator', 'root', 'security', 'official', 'staff'],
  ['Admin', 'SUPPORT', 'PuPeRo'],
  ['ad-min', 'sup_port', 's-u-p-p-o-r-t', 'sys-tem'],
  ['adm1n', 'supp0rt', 'pup3r0', '5upport', 'sy57em', 'adrnin', 'officia1'],
  ['\uff41\uff44\uff4d\uff49\uff4e', '\u{1d41a}dmin'],
  ['admin1', 'admin-2', 'support_007'],
  ['pupero-support', 'puperoteam', 'the-admin', 'Admin_Team', 'help-desk', 'support-service'],
  ['alice-official', 'official_bob', 'admin-carol', 'pupero-fan', 'admins', 'moderators'],
  // Cyrillic and Greek letters only.
  [
    '\u0422\u0415\u0410\u041c',
    '\u0442\u0435\u0430\u043c',
    '\u04bb\u0435\u04cf\u0440',
    '\u03a4\u0395\u0391\u039c',
  ],
  ['Pupero Support', 'The Admin!', 'P\u00fcpero', 'Mod\u00e9rateur', 'Support (EU)'],
])('reserves %s and names like it', (...names) => {
  for (const name of names) expect([name, isReserved(name)]).toEqual([name, true]);
});

test.each(['alice', 'bob', 'adam', 'minda', 'systemic', 'supporter', 'rooty', 'theo', 'helper', 'modest'])(
  'does not reserve %s',
  (name) => expect(isReserved(name)).toBe(false),
);

test('refuses a reserved name as taken, without hashing', async () => {
  const { registerAccount, register, logIn } = testWorld();
  const asked = { username: 'Pupero-Support', password: PASSWORD };
  expect(await registerAccount(asked, HOME)).toEqual({ refused: 'username_taken' });
  expect(await registerAccount({ ...asked, password: 'password123' }, HOME)).toEqual({
    refused: 'password_too_common',
  });
  await register('alice');
  granted(await logIn({ login: 'alice', password: PASSWORD }, HOME));
});
