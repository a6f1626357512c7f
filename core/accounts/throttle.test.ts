import { memoryBuckets } from '#adapters/memory/sessions-throttle.ts';
import { granted, HOME, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import { refusal } from '../refusal.ts';
import { asInstant, MINUTE_MS } from '../time.ts';
import type { Bucket } from './ports.ts';
import {
  addressBucket,
  countingFailures,
  KNOWN_FOR_MS,
  LIMITS,
  MAX_DEVICE_TOKENS,
  placeOf,
  unlimited,
} from './throttle.ts';

const TOO_MANY = { refused: 'too_many_requests', retryAfterSeconds: expect.any(Number) };
const EVE = { clientAddress: '203.0.113.9', device: {} };
const addressOf = (index: number) => ({
  clientAddress: `10.0.${index >> 8}.${index & 255}`,
  device: {},
});
const times = (count: number) => Array.from({ length: count }, (_, index) => index);

test('limits wrong passwords, also parallel ones, and allows another try after a while', async () => {
  const { register, logIn, pass } = testWorld();
  await register('ann');
  const guess = (password: string) => logIn({ login: 'ann', password }, EVE);
  const atOnce = await Promise.all(times(100).map(() => guess('not it at all')));
  const tried = atOnce.filter((result) => 'refused' in result && result.refused === 'wrong_credentials');
  expect(tried).toHaveLength(LIMITS.passwordsHere.burst);
  expect(await guess(PASSWORD)).toEqual(TOO_MANY);
  pass(LIMITS.passwordsHere.everyMs);
  granted(await guess(PASSWORD));
});

test('limits guesses at a name that no account has in the same way', async () => {
  const { logIn } = testWorld();
  const guess = () => logIn({ login: 'nobody', password: 'x' }, EVE);
  for (const _ of times(LIMITS.passwordsHere.burst)) await guess();
  expect(await guess()).toEqual(TOO_MANY);
});

test('counts failures only', async () => {
  const { register, logIn } = testWorld();
  await register('ann');
  for (const _ of times(3 * LIMITS.passwordsHere.burst))
    granted(await logIn({ login: 'ann', password: PASSWORD }, HOME));
});

test('limits guesses from many addresses together, but not the owner at a known address', async () => {
  const { register, logIn } = testWorld();
  await register('ann');
  const guesses = LIMITS.passwordsFromStrangers.burst;
  for (const index of times(guesses)) await logIn({ login: 'ann', password: 'no' }, addressOf(index));
  expect(await logIn({ login: 'ann', password: 'no' }, addressOf(guesses))).toEqual(TOO_MANY);
  granted(await logIn({ login: 'ann', password: PASSWORD }, HOME));
});

test('a known device is not locked out by failures from its address', async () => {
  const { register, logIn } = testWorld();
  const { deviceTokens = [] } = await register('ann');
  expect(deviceTokens).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
  for (const _ of times(LIMITS.passwordsHere.burst)) await logIn({ login: 'ann', password: 'no' }, HOME);
  for (const index of times(LIMITS.passwordsFromAddress.burst))
    await logIn({ login: `somebody-${index}`, password: 'no' }, HOME);
  const right = { login: 'ann', password: PASSWORD };
  expect(await logIn(right, HOME)).toEqual(TOO_MANY);
  expect(await logIn(right, { ...HOME, deviceTokens: ['x'.repeat(43)] })).toEqual(TOO_MANY);
  const again = granted(await logIn(right, { ...HOME, deviceTokens }));
  expect(again).toMatchObject({ deviceTokens });
});

test('a device is known to the accounts that signed in on it, and to no other account', async () => {
  const { register, registerAccount, logIn } = testWorld();
  const { deviceTokens } = await register('ann');
  await register('bob');
  const here = { ...HOME, deviceTokens };
  for (const _ of times(LIMITS.passwordsHere.burst)) await logIn({ login: 'bob', password: 'no' }, here);
  expect(await logIn({ login: 'bob', password: PASSWORD }, here)).toEqual(TOO_MANY);
  const second = granted(await registerAccount({ username: 'carl', password: PASSWORD }, here));
  const both = { ...HOME, deviceTokens: second.deviceTokens! };
  for (const _ of times(LIMITS.passwordsHere.burst)) await logIn({ login: 'carl', password: 'no' }, HOME);
  granted(await logIn({ login: 'carl', password: PASSWORD }, both));
});

test('a token that somebody else put into the browser is not the one by which an account knows it', async () => {
  const { register, logIn } = testWorld();
  const { deviceTokens: planted = [] } = await register('eve');
  await register('ann');
  const signIn = (login: string, deviceTokens: readonly string[]) =>
    logIn({ login, password: PASSWORD }, { ...HOME, deviceTokens });
  const { deviceTokens = [] } = granted(await signIn('ann', planted)) as { deviceTokens?: string[] };
  expect(deviceTokens).toEqual([expect.not.stringContaining(planted[0]!), ...planted]);
  for (const _ of times(LIMITS.passwordsHere.burst)) await logIn({ login: 'ann', password: 'no' }, HOME);
  expect(await signIn('ann', planted)).toEqual(TOO_MANY);
  granted(await signIn('ann', deviceTokens));
  expect(granted(await signIn('eve', deviceTokens))).toMatchObject({
    deviceTokens: [...planted, deviceTokens[0]],
  });
});

test('a browser stays known for five accounts', async () => {
  const { register, registerAccount } = testWorld();
  let { deviceTokens = [] } = await register('ann-0');
  for (const index of times(MAX_DEVICE_TOKENS + 1)) {
    const opened = await registerAccount(
      { username: `ann-${index + 1}`, password: PASSWORD },
      { ...HOME, deviceTokens },
    );
    ({ deviceTokens = [] } = granted(opened));
  }
  expect(deviceTokens).toHaveLength(MAX_DEVICE_TOKENS);
  expect(new Set(deviceTokens).size).toBe(MAX_DEVICE_TOKENS);
});

test('limits a known device that guesses, and no other device', async () => {
  const { register, logIn } = testWorld();
  const { deviceTokens } = await register('ann');
  const here = { ...HOME, deviceTokens };
  for (const _ of times(LIMITS.passwordsHere.burst)) await logIn({ login: 'ann', password: 'no' }, here);
  expect(await logIn({ login: 'ann', password: PASSWORD }, here)).toEqual(TOO_MANY);
  granted(await logIn({ login: 'ann', password: PASSWORD }, HOME));
});

test('a known device is not locked out by wrong codes from its address', async () => {
  const { registerWithTotp, challenge, logInSecondFactor, logIn } = testWorld();
  const { recoveryCodes } = await registerWithTotp('ann');
  const first = await challenge('ann');
  const { deviceTokens } = granted(
    await logInSecondFactor({ challengeToken: first, code: recoveryCodes[0]! }, HOME),
  ) as { deviceTokens?: string[] };
  for (const _ of times(LIMITS.codes.burst / 5)) {
    const challengeToken = await challenge('ann');
    for (const _try of times(5)) await logInSecondFactor({ challengeToken, code: 'no' }, HOME);
  }
  const code = recoveryCodes[1]!;
  const late = { challengeToken: await challenge('ann'), code };
  expect(await logInSecondFactor(late, HOME)).toEqual(TOO_MANY);
  const here = { ...HOME, deviceTokens };
  const answer = granted(await logIn({ login: 'ann', password: PASSWORD }, here)) as {
    challengeToken: string;
  };
  granted(await logInSecondFactor({ challengeToken: answer.challengeToken, code }, here));
});

test('names the exact seconds until the next try', async () => {
  const { register, logIn, pass } = testWorld();
  await register('ann');
  const guess = (password: string) => logIn({ login: 'ann', password }, EVE);
  for (const _ of times(LIMITS.passwordsHere.burst)) await guess('no');
  const waitsFor = (retryAfterSeconds: number) => ({ refused: 'too_many_requests', retryAfterSeconds });
  expect(await guess(PASSWORD)).toEqual(waitsFor(120));
  pass(100_500);
  expect(await guess(PASSWORD)).toEqual(waitsFor(20));
  pass(19_000);
  expect(await guess(PASSWORD)).toEqual(waitsFor(1));
  pass(500);
  granted(await guess(PASSWORD));
});

test('waits for the empty bucket that fills last', async () => {
  const [buckets, clock] = [memoryBuckets(), { now: () => asInstant(0) }];
  const quick: Bucket = ['quick', { burst: 1, everyMs: 1_000 }];
  const slow: Bucket = ['slow', { burst: 1, everyMs: 90_000 }];
  const fail = () => countingFailures(buckets, clock, [quick, slow], async () => refusal('wrong_code'));
  await fail();
  expect(await fail()).toEqual({ refused: 'too_many_requests', retryAfterSeconds: 90 });
});

test('limits one address that guesses at many accounts', async () => {
  const { logIn } = testWorld();
  const guess = (index: number) => logIn({ login: `somebody-${index}`, password: 'no' }, EVE);
  for (const index of times(LIMITS.passwordsFromAddress.burst)) await guess(index);
  expect(await guess(1_000)).toEqual(TOO_MANY);
});

test('counts sign-ups of one address, successful ones included', async () => {
  const { registerAccount } = testWorld();
  const signUp = (index: number, from = EVE) =>
    registerAccount({ username: `user-${index}`, password: PASSWORD }, from);
  for (const index of times(LIMITS.signUps.burst)) granted(await signUp(index));
  expect(await signUp(1_000)).toEqual(TOO_MANY);
  granted(await signUp(1_001, HOME));
});

test('counts wrong codes of a login over all its challenges', async () => {
  const { registerWithTotp, challenge, logInSecondFactor, pass } = testWorld();
  const { recoveryCodes } = await registerWithTotp('ann');
  for (const round of times(LIMITS.codes.burst / 5)) {
    const challengeToken = await challenge('ann');
    for (const _try of times(5)) await logInSecondFactor({ challengeToken, code: `no ${round}` }, HOME);
  }
  const right = async () => ({ challengeToken: await challenge('ann'), code: recoveryCodes[0]! });
  expect(await logInSecondFactor(await right(), HOME)).toEqual(TOO_MANY);
  pass(LIMITS.codes.everyMs);
  granted(await logInSecondFactor(await right(), HOME));
});

test('limits wrong codes from many addresses together, but not the owner at a known address', async () => {
  const { registerWithTotp, challenge, logInSecondFactor } = testWorld();
  const { recoveryCodes } = await registerWithTotp('ann');
  const guesses = LIMITS.codesFromStrangers.burst;
  const guess = async (index: number) => {
    const from = addressOf(index);
    const challengeToken = await challenge('ann', from);
    return logInSecondFactor({ challengeToken, code: 'no' }, from);
  };
  for (const index of times(guesses)) expect(await guess(index)).toEqual({ refused: 'wrong_code' });
  expect(await guess(guesses)).toEqual(TOO_MANY);
  const right = { challengeToken: await challenge('ann'), code: recoveryCodes[0]! };
  granted(await logInSecondFactor(right, HOME));
});

test('forgets an address and a device 90 days after the sign-in that made them known', async () => {
  const { register, logIn, pass } = testWorld();
  const { deviceTokens } = await register('ann');
  const strangers = async () => {
    for (const index of times(LIMITS.passwordsFromStrangers.burst))
      await logIn({ login: 'ann', password: 'no' }, addressOf(index));
  };
  const right = { login: 'ann', password: PASSWORD };
  pass(KNOWN_FOR_MS - 1);
  await strangers();
  granted(await logIn(right, HOME));
  pass(1);
  await strangers();
  expect(await logIn(right, HOME)).toEqual(TOO_MANY);
  expect(await logIn(right, { ...HOME, deviceTokens })).toEqual(TOO_MANY);
});

test('buckets for load tests never run out', async () => {
  const bucket: Bucket = ['one', { burst: 1, everyMs: 1_000 }];
  for (const _ of times(3)) expect(await unlimited.take(bucket, asInstant(0))).toBe(0);
  expect(await unlimited.giveBack(bucket, asInstant(0))).toBeUndefined();
});

test('counts wrong codes of a signed-in account, and then delays a right one', async () => {
  const { registerWithTotp, stepUp, startTotp, pass } = testWorld();
  const { caller, recoveryCodes } = await registerWithTotp('ann');
  const confirm = (code: string) => stepUp(caller, code, async () => 'done');
  for (const _try of times(LIMITS.codes.burst)) await confirm('no');
  expect(await confirm(recoveryCodes[0]!)).toEqual(TOO_MANY);
  expect(await startTotp({ password: PASSWORD }, caller)).toEqual(TOO_MANY);
  pass(LIMITS.codes.everyMs);
  expect(await confirm(recoveryCodes[0]!)).toBe('done');
});

test('guesses at codes with a stolen token do not lock out the next session of the owner', async () => {
  const { registerWithTotp, stepUp } = testWorld();
  const { caller, recoveryCodes } = await registerWithTotp('ann');
  for (const _try of times(LIMITS.codes.burst + 1)) await stepUp(caller, 'no', async () => 'done');
  const next = { ...caller, sessionId: 'another' as typeof caller.sessionId };
  expect(await stepUp(next, recoveryCodes[0]!, async () => 'done')).toBe('done');
});

test('a try refused by one bucket takes no token from another', async () => {
  const [buckets, clock] = [memoryBuckets(), { now: () => asInstant(0) }];
  const small: Bucket = ['small', { burst: 1, everyMs: 1_000 }];
  const large: Bucket = ['large', { burst: 2, everyMs: 1_000 }];
  const fail = () => countingFailures(buckets, clock, [small, large], async () => refusal('wrong_code'));
  const results = [await fail(), await fail(), await fail()];
  expect(results).toEqual([{ refused: 'wrong_code' }, TOO_MANY, TOO_MANY]);
  expect([await buckets.take(large, clock.now()), await buckets.take(large, clock.now())]).toEqual([
    0, 1_000,
  ]);
});

test('an attempt that ends with an error counts as no failure', async () => {
  const [buckets, clock] = [memoryBuckets(), { now: () => asInstant(0) }];
  const one: Bucket = ['one', { burst: 1, everyMs: 1_000 }];
  const busy = () => countingFailures(buckets, clock, [one], () => Promise.reject(new Error('busy')));
  await expect(busy()).rejects.toThrow('busy');
  await expect(busy()).rejects.toThrow('busy');
  expect(await buckets.take(one, clock.now())).toBe(0);
});

test('guessing a code of six digits takes years', () => {
  const aDay = (24 * 60 * MINUTE_MS) / LIMITS.codes.everyMs;
  const chance = 3 / 1_000_000;
  expect(1 - (1 - chance) ** (aDay * 365)).toBeLessThan(0.11);
});

test.each([
  ['198.51.100.7', '198.51.100.7'],
  ['::ffff:198.51.100.7', '198.51.100.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::6', '2001:db8:1:2::/64'],
])('%s is counted as %s', (from, place) => {
  expect(placeOf(from)).toBe(place);
  expect(addressBucket('sign-up', from)).toBe(`sign-up#${place}`);
});
