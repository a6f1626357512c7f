import { granted, HOME, PASSWORD, type TestWorld, testWorld } from '#tests/helpers/world.ts';
import { DAY_MS, HOUR_MS } from '../time.ts';
import { MAIL_LIMITS } from './mail-limits.ts';

const INVALID = { refused: 'invalid_token' };
const ENDED = { refused: 'session_ended' };
const NEXT = 'another long password';
const MINE = 'Ann@pupero.test';

/** The token in the link of a mail. */
const tokenIn = ({ text }: { text: string }) => /#(\S+)/.exec(text)?.[1] ?? '';

/** An account with a confirmed address. */
async function withEmail(world: TestWorld, username: string, email = MINE) {
  const signIn = await world.register(username);
  const caller = world.callerOf(signIn);
  granted(await world.changeEmail({ email, password: PASSWORD }, caller, HOME));
  const [mail] = await world.mails();
  granted(await world.confirmEmail({ token: tokenIn(mail!) }, caller));
  world.pass(20_000);
  await world.mails();
  return { caller, signIn };
}

test('an address is stored once the link that was mailed to it is opened, and once only', async () => {
  const world = testWorld();
  const caller = world.callerOf(await world.register('ann'));
  granted(await world.changeEmail({ email: MINE, password: PASSWORD }, caller, HOME));
  const mails = await world.mails();
  expect(mails.map(({ to }) => to)).toEqual([MINE]);
  expect(await world.getMe(caller)).toMatchObject({ emailConfirmed: false });

  const token = tokenIn(mails[0]!);
  const bob = world.callerOf(await world.register('bob'));
  expect(await world.confirmEmail({ token }, bob)).toEqual(INVALID);
  expect(await world.confirmEmail({ token: `${token}x` }, caller)).toEqual(INVALID);
  expect(await world.confirmEmail({ token }, caller)).toBeUndefined();
  expect(await world.confirmEmail({ token }, caller)).toEqual(INVALID);
  expect(await world.getMe(caller)).toMatchObject({ email: MINE, emailConfirmed: true });
});

test('a change of the address needs the password and the second factor', async () => {
  const { registerWithTotp, changeEmail, codeOf, mailQueue } = testWorld();
  const { caller, secret } = await registerWithTotp('ann');
  const change = (password: string, code?: string) =>
    changeEmail({ email: MINE, password, code }, caller, HOME);
  expect(await change('not it')).toEqual({ refused: 'wrong_password' });
  expect(await change(PASSWORD)).toEqual({ refused: 'second_factor_required' });
  expect(await change(PASSWORD, 'no')).toEqual({ refused: 'wrong_second_factor' });
  expect(mailQueue.jobs).toEqual([]);
  expect(await change(PASSWORD, codeOf(secret))).toBeUndefined();
  expect(await change(PASSWORD, codeOf(secret))).toEqual({ refused: 'wrong_second_factor' });
});

test('the former address gets a notice of a change, and does not reset the password afterwards', async () => {
  const world = testWorld();
  const { caller } = await withEmail(world, 'ann');
  const other = 'ann.b@pupero.test';
  granted(await world.changeEmail({ email: other, password: PASSWORD }, caller, HOME));
  world.pass(20_000);
  const mails = await world.mails();
  expect(mails.map(({ to, subject }) => [to, subject]).sort()).toEqual([
    [MINE, 'A new e-mail address was entered'],
    [other, 'Confirm your e-mail address'],
  ]);
  const link = mails.find(({ to }) => to === other)!;
  granted(await world.confirmEmail({ token: tokenIn(link) }, caller));
  world.pass(20_000);
  await world.mails();
  await world.requestPasswordReset({ email: MINE }, HOME);
  expect(await world.mails()).toEqual([]);
  await world.requestPasswordReset({ email: other.toUpperCase() }, HOME);
  expect((await world.mails()).map(({ to }) => to)).toEqual([other]);
});

test('null removes the address', async () => {
  const world = testWorld();
  const { caller } = await withEmail(world, 'ann');
  expect(await world.changeEmail({ email: null, password: PASSWORD }, caller, HOME)).toBeUndefined();
  expect(await world.getMe(caller)).not.toHaveProperty('email');
  const bob = await withEmail(world, 'bob');
  expect(await world.getMe(bob.caller)).toMatchObject({ email: MINE });
});

test('an address of another account is not told apart, and its owner hears of it', async () => {
  const world = testWorld();
  await withEmail(world, 'ann');
  const bob = world.callerOf(await world.register('bob'));
  expect(await world.changeEmail({ email: MINE, password: PASSWORD }, bob, HOME)).toBeUndefined();
  const mails = await world.mails();
  expect(mails.map(({ to, subject }) => [to, subject])).toEqual([[MINE, 'Your address is in use already']]);
  expect(mails[0]!.text).not.toContain('bob');
});

test('of two accounts that confirm one address, one gets it', async () => {
  const world = testWorld();
  const callers = [world.callerOf(await world.register('ann')), world.callerOf(await world.register('bob'))];
  for (const caller of callers) await world.changeEmail({ email: MINE, password: PASSWORD }, caller, HOME);
  const tokens = (await world.mails()).map(tokenIn);
  expect(await world.confirmEmail({ token: tokens[0]! }, callers[0]!)).toBeUndefined();
  expect(await world.confirmEmail({ token: tokens[1]! }, callers[1]!)).toEqual(INVALID);
  expect(await world.getMe(callers[1]!)).toMatchObject({ emailConfirmed: false });
});

test('a reset ends all sessions, works once, and leaves the second factor on', async () => {
  const world = testWorld();
  const { caller, recoveryCodes } = await world.registerWithTotp('ann');
  const code = recoveryCodes[0]!;
  granted(await world.changeEmail({ email: MINE, password: PASSWORD, code }, caller, HOME));
  granted(await world.confirmEmail({ token: tokenIn((await world.mails())[0]!) }, caller));
  world.pass(20_000);
  await world.mails();

  await world.requestPasswordReset({ email: MINE }, HOME);
  const [mail] = await world.mails();
  expect(mail!.text).toContain('https://pupero.example/reset-password#');
  const token = tokenIn(mail!);
  expect(await world.confirmPasswordReset({ token, newPassword: 'password123' })).toEqual({
    refused: 'password_too_common',
  });
  expect(await world.confirmPasswordReset({ token, newPassword: NEXT })).toBeUndefined();
  expect(await world.confirmPasswordReset({ token, newPassword: `${NEXT}!` })).toEqual(INVALID);
  expect(await world.ports.sessions.get(caller)).toBeUndefined();
  expect(await world.logIn({ login: 'ann', password: PASSWORD }, HOME)).toEqual({
    refused: 'wrong_credentials',
  });
  expect(await world.logIn({ login: 'ann', password: NEXT }, HOME)).toMatchObject({
    status: 'second_factor_required',
  });
});

test('an unknown address gets the same answer, and no mail', async () => {
  const world = testWorld();
  await withEmail(world, 'ann');
  const known = await world.requestPasswordReset({ email: MINE }, HOME);
  const unknown = await world.requestPasswordReset({ email: 'eve@pupero.test' }, HOME);
  expect(unknown).toEqual(known);
  expect((await world.mails()).map(({ to }) => to)).toEqual([MINE]);
});

test('a reset link expires after an hour, and with a change of the password', async () => {
  const world = testWorld();
  const { caller } = await withEmail(world, 'ann');
  const ask = async () => {
    await world.requestPasswordReset({ email: MINE }, HOME);
    return tokenIn((await world.mails())[0]!);
  };
  const late = await ask();
  world.pass(HOUR_MS);
  expect(await world.confirmPasswordReset({ token: late, newPassword: NEXT })).toEqual(INVALID);
  const overtaken = await ask();
  await world.changePassword({ currentPassword: PASSWORD, newPassword: NEXT }, caller);
  expect(await world.confirmPasswordReset({ token: overtaken, newPassword: `${NEXT}!` })).toEqual(INVALID);
});

test('a token is valid for its own use only', async () => {
  const world = testWorld();
  const { caller, signIn } = await withEmail(world, 'ann');
  await world.requestPasswordReset({ email: MINE }, HOME);
  const reset = tokenIn((await world.mails())[0]!);
  await world.changeEmail({ email: 'b@pupero.test', password: PASSWORD }, caller, HOME);
  const confirmation = tokenIn((await world.mails()).find(({ to }) => to === 'b@pupero.test')!);
  expect(await world.confirmEmail({ token: reset }, caller)).toEqual(INVALID);
  expect(await world.confirmPasswordReset({ token: confirmation, newPassword: NEXT })).toEqual(INVALID);
  expect(await world.confirmPasswordReset({ token: signIn.refreshToken, newPassword: NEXT })).toEqual(
    INVALID,
  );
  expect(await world.refreshSession(reset)).toEqual(ENDED);
  world.pass(DAY_MS);
  expect(await world.confirmEmail({ token: confirmation }, caller)).toEqual(INVALID);
});

test('limits the mails to one address and from one place', async () => {
  const { requestPasswordReset } = testWorld();
  const ask = (email: string, clientAddress: string = HOME.clientAddress) =>
    requestPasswordReset({ email }, { ...HOME, clientAddress });
  const TOO_MANY = { refused: 'too_many_requests', retryAfterSeconds: expect.any(Number) };
  for (let n = 0; n < MAIL_LIMITS.recipient.burst; n++)
    expect(await ask(MINE, `203.0.113.${n}`)).toBeUndefined();
  expect(await ask(MINE.toLowerCase(), '203.0.113.99')).toEqual(TOO_MANY);
  for (let n = 0; n < MAIL_LIMITS.place.burst; n++) await ask(`user-${n}@pupero.test`);
  expect(await ask('other@pupero.test')).toEqual(TOO_MANY);
});

test('an installation without a mail server says so', async () => {
  const { register, callerOf, requestPasswordReset, changeEmail, ports } = testWorld();
  const caller = callerOf(await register('ann'));
  Object.assign(ports.mailQueue, { isOn: false });
  const NO_MAIL = { refused: 'dependency_unavailable', detail: 'This installation sends no mail.' };
  expect(await requestPasswordReset({ email: MINE }, HOME)).toEqual(NO_MAIL);
  expect(await changeEmail({ email: MINE, password: PASSWORD }, caller, HOME)).toEqual(NO_MAIL);
});
