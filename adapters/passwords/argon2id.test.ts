import { PasswordsBusy } from '#core/accounts/ports.ts';
import { argon2id } from './argon2id.ts';

const passwords = argon2id();
const hash = (password: string, by = passwords) => by.inTurn((hasher) => hasher.hash(password));
const verify = (password: string, stored: string, by = passwords) =>
  by.inTurn((hasher) => hasher.verify(password, stored));
const WEAKER = { memoryCost: 8_192, timeCost: 1, parallelism: 1 };
const weaker = argon2id(WEAKER);

test('a hash says its effort, as OWASP wants it, and fits its password alone', async () => {
  const stored = await hash('correct horse');
  expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/);
  expect(await verify('correct horse', stored)).toBe(true);
  expect(await verify('correct horse ', stored)).toBe(false);
  expect(await hash('correct horse')).not.toBe(stored);
});

test('a hash of the reference implementation is understood', async () => {
  // phc-winner-argon2, src/test.c: version 0x13, t=2, m=2^16, p=1, "password", "somesalt"
  const reference = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
  expect(await verify('password', reference)).toBe(true);
  expect(await verify('passwore', reference)).toBe(false);
});

test('a hash that Node made, before the package did, fits its password', async () => {
  const byNode =
    '$argon2id$v=19$m=19456,t=2,p=1$3q2+7wABAgMEBQYHCAkKCw$W/ODQocB80R0xHyZMsuDw8AuMcrs+jd+B3ZZWVa19LU';
  expect(await verify('correct horse', byNode)).toBe(true);
  expect(await verify('correct house', byNode)).toBe(false);
  expect(passwords.isOutdated(byNode)).toBe(false);
});

test('letters beyond ASCII are hashed as UTF-8', async () => {
  const stored = await hash('caf\u00e9 \ud83d\ude00');
  expect(await verify('caf\u00e9 \ud83d\ude00', stored)).toBe(true);
  expect(await verify('cafe \ud83d\ude00', stored)).toBe(false);
});

test('refuses a turn when too many wait, says for how long, and gives the next when one has ended', async () => {
  const { inTurn } = argon2id(WEAKER, { atOnce: 2, mostWaiting: 100, longestWaitMs: 10_000 });
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  let running = 0;
  const taken = Array.from({ length: 102 }, () =>
    inTurn(async () => {
      running += 1;
      await opened;
    }),
  );
  await new Promise(setImmediate);
  expect(running).toBe(2);
  const refused = inTurn(async () => 'too late');
  await expect(refused).rejects.toBeInstanceOf(PasswordsBusy);
  await expect(refused).rejects.toMatchObject({ retryAfterSeconds: 2 });
  open();
  await Promise.all(taken);
  expect(await inTurn(async () => 'in time')).toBe('in time');
});

test('refuses a turn that comes too late, and gives the next one', async () => {
  let now = 0;
  const { inTurn } = argon2id(WEAKER, { atOnce: 1, mostWaiting: 9, longestWaitMs: 10_000 }, () => now);
  const slow = inTurn(async () => {
    now += 10_001;
  });
  const late = inTurn(async () => 'too late');
  await slow;
  await expect(late).rejects.toBeInstanceOf(PasswordsBusy);
  await expect(late).rejects.toMatchObject({ retryAfterSeconds: 11 });
  expect(await inTurn(async () => 'in time')).toBe('in time');
});

test('a hash made with less effort still fits, and is to be made anew', async () => {
  const old = await hash('correct horse', weaker);
  expect(await verify('correct horse', old)).toBe(true);
  expect(passwords.isOutdated(old)).toBe(true);
  expect(weaker.isOutdated(await hash('correct horse'))).toBe(false);
});

test('the dummy fits nothing and asks for the same effort', async () => {
  expect(await verify('', passwords.dummyHash)).toBe(false);
  expect(passwords.isOutdated(passwords.dummyHash)).toBe(false);
  expect(passwords.dummyHash).toHaveLength((await hash('x')).length);
});

test('what is stored must be a hash of this kind', async () => {
  await expect(verify('x', 'plain')).rejects.toThrow('no Argon2id PHC string');
});

test.each(['password', 'password123', '12345678', 'qwertyuiop', 'iloveyou1', '11111111'])(
  '%s is one of the commonest passwords',
  (password) => expect(passwords.isCommon(password)).toBe(true),
);

test('a phrase of one’s own is not', () => {
  expect(passwords.isCommon('correct horse battery')).toBe(false);
});
