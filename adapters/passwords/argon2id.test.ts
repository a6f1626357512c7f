import { argon2id } from './argon2id.ts';

const passwords = argon2id();
const weaker = argon2id({ memory: 8_192, passes: 1, parallelism: 1 });

test('a hash says its effort, as OWASP wants it, and fits its password alone', async () => {
  const hash = await passwords.hash('correct horse');
  expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(await passwords.verify('correct horse', hash)).toBe(true);
  expect(await passwords.verify('correct horse ', hash)).toBe(false);
  expect(await passwords.hash('correct horse')).not.toBe(hash);
});

test('a hash of the reference implementation is understood', async () => {
  // phc-winner-argon2, src/test.c: version 0x13, t=2, m=2^16, p=1, "password", "somesalt"
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await passwords.verify('password', reference)).toBe(true);
  expect(await passwords.verify('passwore', reference)).toBe(false);
});

test('a hash made with less effort still fits, and is to be made anew', async () => {
  const old = await weaker.hash('correct horse');
  expect(await passwords.verify('correct horse', old)).toBe(true);
  expect(passwords.isOutdated(old)).toBe(true);
  expect(weaker.isOutdated(await passwords.hash('correct horse'))).toBe(false);
});

test('the dummy fits nothing and asks for the same effort', async () => {
  expect(await passwords.verify('', passwords.dummyHash)).toBe(false);
  expect(passwords.isOutdated(passwords.dummyHash)).toBe(false);
  expect(passwords.dummyHash).toHaveLength((await passwords.hash('x')).length);
});

test('what is stored must be a hash of this kind', async () => {
  await expect(passwords.verify('x', 'plain')).rejects.toThrow('no Argon2id PHC string');
});

test.each(['password', 'password123', '12345678', 'qwertyuiop', 'iloveyou1', '11111111'])(
  '%s is one of the commonest passwords',
  (password) => expect(passwords.isCommon(password)).toBe(true),
);

test('a phrase of one’s own is not', () => {
  expect(passwords.isCommon('correct horse battery')).toBe(false);
});
