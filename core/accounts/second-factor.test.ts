import { granted, PASSWORD, testWorld } from '#tests/helpers/world.ts';
import type { AccountId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import type { Proof } from '../step-up.ts';
import { recoveryDigest } from './second-factor.ts';
import { LIMITS } from './throttle.ts';

const WRONG = { refused: 'wrong_second_factor' };

test('step-up needs a code of accounts with a second factor, and passes on the proof to spend', async () => {
  const { register, callerOf, registerWithTotp, startTotp, stepUp, codeOf, ports } = testWorld();
  const bob = callerOf(await register('bob'));
  const proofGiven = async (proof: unknown) => ({ proof });
  expect(await stepUp(bob, undefined, proofGiven)).toEqual({ proof: undefined });
  granted(await startTotp({ password: PASSWORD }, bob));
  expect(await stepUp(bob, 'anything', proofGiven)).toEqual({ proof: undefined });

  const { caller, secret, recoveryCodes } = await registerWithTotp('ann');
  const spent = async (proof: Proof | undefined) => (await ports.factors.spend(proof!)) ?? 'spent';
  expect(await stepUp(caller, undefined, spent)).toEqual({ refused: 'second_factor_required' });
  for (const code of [codeOf(secret), recoveryCodes[0]!]) {
    expect(await stepUp(caller, code, spent)).toBe('spent');
    expect(await stepUp(caller, code, spent)).toEqual(WRONG);
  }
  for (const code of ['000000x', codeOf(secret, -1), ''])
    expect(await stepUp(caller, code, spent)).toEqual(WRONG);
});

test('an effect that fails for another reason leaves the code unspent, however often', async () => {
  const { registerWithTotp, stepUp, codeOf } = testWorld();
  const { caller, secret } = await registerWithTotp('ann');
  const insufficient = refusal('insufficient_funds');
  for (let n = 0; n < 2 * LIMITS.codes.burst; n++)
    expect(await stepUp(caller, codeOf(secret), async () => insufficient)).toEqual(insufficient);
  const failing = stepUp(caller, codeOf(secret), () => Promise.reject(new Error('away')));
  await expect(failing).rejects.toThrow('away');
  expect(await stepUp(caller, codeOf(secret), async () => 'done')).toBe('done');
});

test('accepts a code of the app with spaces, and no other form of it', async () => {
  const { registerWithTotp, stepUp, codeOf } = testWorld();
  const { caller, secret } = await registerWithTotp('ann');
  const code = codeOf(secret);
  const done = (typed: string) => stepUp(caller, typed, async () => 'done');
  for (const typed of [`${code}0`, `0${code}`, code.slice(1), `${code.slice(0, 3)}-${code.slice(3)}`])
    expect(await done(typed)).toEqual(WRONG);
  expect(await done(` ${code.slice(0, 3)} ${code.slice(3)} `)).toBe('done');
});

test('the same recovery code of two accounts has two digests', async () => {
  const { secrets } = testWorld();
  const [ann, bob] = ['ann' as AccountId, 'bob' as AccountId];
  const digest = recoveryDigest(secrets, ann, 'abcd-efgh');
  expect(recoveryDigest(secrets, ann, ' ABCD efgh')).toBe(digest);
  expect(recoveryDigest(secrets, bob, 'abcd-efgh')).not.toBe(digest);
});
