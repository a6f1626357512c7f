import { authenticator, type Faults } from '#tests/helpers/authenticator.ts';
import { granted, HOME, PASSWORD, type TestWorld, testWorld } from '#tests/helpers/world.ts';
import type { Caller } from '../caller.ts';
import type { PasskeyChallengeId } from '../ids.ts';
import type { Proof } from '../step-up.ts';
import { MINUTE_MS } from '../time.ts';
import { MAX_PASSKEYS } from './limits.ts';
import type { PasskeyOptions } from './passkeys.ts';
import { LIMITS } from './throttle.ts';

const WRONG = { refused: 'wrong_second_factor' };
const WRONG_CODE = { refused: 'wrong_code' };
const twenty = Array.from({ length: 20 }, (_, n) => n);

/** A passkey's answer for one step. */
async function answered(
  { startStepUp }: TestWorld,
  caller: Caller,
  key: ReturnType<typeof authenticator>,
  faults?: Faults,
) {
  const { challengeId, options } = granted(await startStepUp(caller));
  return { challengeId, response: key.answer(options, faults) };
}

const spending =
  ({ ports }: TestWorld) =>
  async (proof: Proof | undefined) =>
    (await ports.factors.spend(proof!)) ?? 'done';

test('a passkey is a second factor, gives recovery codes once, and signs in alone', async () => {
  const world = testWorld();
  const { registerWithPasskey, getMe, startPasskeyLogIn, logInWithPasskey, listPasskeys } = world;
  const { caller, key, passkeyId, recoveryCodes } = await registerWithPasskey('ann');
  expect(recoveryCodes).toHaveLength(10);
  expect(await getMe(caller)).toMatchObject({ totpEnabled: false, passkeys: 1, recoveryCodesLeft: 10 });

  const response = key.answer(await startPasskeyLogIn());
  const signIn = granted(await logInWithPasskey({ response }, HOME));
  expect(signIn.signedIn.account.username).toBe('ann');
  expect(await logInWithPasskey({ response }, HOME)).toEqual(WRONG_CODE);
  expect((await listPasskeys(caller)).items).toMatchObject([{ id: passkeyId, name: 'Laptop' }]);
});

test('finishes a sign-in with the password by a passkey', async () => {
  const { registerWithPasskey, logIn, logInSecondFactor } = testWorld();
  const { key, recoveryCodes } = await registerWithPasskey('ann');
  const asked = granted(await logIn({ login: 'ann', password: PASSWORD }, HOME));
  if (!('challengeToken' in asked)) throw new Error('no second factor was asked for');
  expect(asked.factors).toEqual(['passkey', 'recovery_code']);
  const { challengeToken, passkeyOptions } = asked;
  const passkey = key.answer(passkeyOptions!);
  granted(await logInSecondFactor({ challengeToken, passkey }, HOME));
  expect(await logInSecondFactor({ challengeToken, code: recoveryCodes[0]! }, HOME)).toEqual(WRONG_CODE);
});

test('one answer sent 20 times at once has one effect', async () => {
  const world = testWorld();
  const { caller, key } = await world.registerWithPasskey('ann');
  const answer = await answered(world, caller, key);
  const results = await Promise.all(twenty.map(() => world.stepUp(caller, answer, spending(world))));
  expect(results.filter((result) => result === 'done')).toHaveLength(1);
});

test('an answer is left unspent by an effect that fails for another reason', async () => {
  const world = testWorld();
  const { caller, key } = await world.registerWithPasskey('ann');
  const answer = await answered(world, caller, key);
  const refused = { refused: 'insufficient_funds' as const };
  expect(await world.stepUp(caller, answer, async () => refused)).toEqual(refused);
  expect(await world.stepUp(caller, answer, spending(world))).toBe('done');
  expect(await world.stepUp(caller, answer, spending(world))).toEqual(WRONG);
});

test.each<[string, Faults]>([
  ['of a page of another origin', { origin: 'https://evil.example' }],
  ['for another RP ID', { rpId: 'evil.example' }],
  ['of a person who was not verified', { verifiesUser: false }],
  ['whose counter did not rise', { signCount: 1 }],
])('refuses an answer %s', async (_, faults) => {
  const world = testWorld();
  const { caller, key } = await world.registerWithPasskey('ann');
  const answer = await answered(world, caller, key, faults);
  expect(await world.stepUp(caller, answer, spending(world))).toEqual(WRONG);
  const response = key.answer(await world.startPasskeyLogIn(), faults);
  expect(await world.logInWithPasskey({ response }, HOME)).toEqual(WRONG_CODE);
});

test('accepts a passkey that does not count its uses', async () => {
  const world = testWorld();
  const { caller, key } = await world.registerWithPasskey('ann', { signCount: 0 });
  for (const _ of [1, 2]) {
    const answer = await answered(world, caller, key, { signCount: 0 });
    expect(await world.stepUp(caller, answer, spending(world))).toBe('done');
  }
});

test('refuses a passkey with the user handle of another account, or of none', async () => {
  const world = testWorld();
  const ann = await world.registerWithPasskey('ann');
  const bob = await world.registerWithPasskey('bob');
  for (const handle of [bob.caller.accountId, 'nobody', '__proto__', '']) {
    const userHandle = Buffer.from(handle).toString('base64url');
    const response = ann.key.answer(await world.startPasskeyLogIn(), { userHandle });
    expect(await world.logInWithPasskey({ response }, HOME)).toEqual(WRONG_CODE);
  }
});

test('wrong answers of strangers leave the tries of the account', async () => {
  const world = testWorld();
  const { caller, key, recoveryCodes } = await world.registerWithPasskey('ann');
  const userHandle = Buffer.from(caller.accountId).toString('base64url');
  for (let n = 0; n < LIMITS.codesFromStrangers.burst + 1; n++) {
    const response = authenticator(world.siteOrigin).answer({ challenge: 'none' }, { userHandle });
    expect(await world.logInWithPasskey({ response }, HOME)).toEqual(WRONG_CODE);
  }
  const challengeToken = await world.challenge('ann');
  granted(await world.logInSecondFactor({ challengeToken, code: recoveryCodes[0]! }, HOME));
  granted(await world.logInWithPasskey({ response: key.answer(await world.startPasskeyLogIn()) }, HOME));
});

test('an address gets a limited number of challenges, and others still get theirs', async () => {
  const { startPasskeyLogIn } = testWorld();
  for (let n = 0; n < LIMITS.passkeySignIns.burst; n++) await startPasskeyLogIn();
  await expect(startPasskeyLogIn()).rejects.toThrow('too_many_requests');
  await startPasskeyLogIn({ ...HOME, clientAddress: '203.0.113.5' });
});

test('refuses a challenge of another account, of another use, and one that is five minutes old', async () => {
  const world = testWorld();
  const ann = await world.registerWithPasskey('ann');
  const bob = await world.registerWithPasskey('bob');
  const ofBob = granted(await world.startStepUp(bob.caller));
  const stolen = { challengeId: ofBob.challengeId, response: ann.key.answer(ofBob.options) };
  expect(await world.stepUp(ann.caller, stolen, spending(world))).toEqual(WRONG);

  const forStep = granted(await world.startStepUp(ann.caller));
  const response = ann.key.answer(forStep.options);
  expect(await world.logInWithPasskey({ response }, HOME)).toEqual(WRONG_CODE);

  const late = await answered(world, ann.caller, ann.key);
  world.pass(5 * MINUTE_MS);
  expect(await world.stepUp(ann.caller, late, spending(world))).toEqual(WRONG);
});

test('refuses a passkey that nobody has, and one of another account', async () => {
  const world = testWorld();
  const ann = await world.registerWithPasskey('ann');
  const bob = await world.registerWithPasskey('bob');
  const strange = authenticator(world.siteOrigin).answer(await world.startPasskeyLogIn());
  expect(await world.logInWithPasskey({ response: strange }, HOME)).toEqual(WRONG_CODE);
  const answer = await answered(world, ann.caller, bob.key);
  expect(await world.stepUp(ann.caller, answer, spending(world))).toEqual(WRONG);
});

test('a removed passkey neither signs in nor confirms, and the last one takes the recovery codes along', async () => {
  const world = testWorld();
  const { caller, key, passkeyId, recoveryCodes } = await world.registerWithPasskey('ann');
  const remove = (code?: string) => world.removePasskey({ passkeyId, password: PASSWORD, code }, caller);
  expect(await remove()).toEqual({ refused: 'second_factor_required' });
  const answer = await answered(world, caller, key);
  const [left] = recoveryCodes;
  expect(await remove(left)).toBeUndefined();
  expect(await remove(left)).toEqual({ refused: 'not_found' });
  expect(
    await world.ports.factors.spend({
      accountId: caller.accountId,
      spends: {
        challengeId: answer.challengeId,
        passkeyId,
        signCount: 9,
        usedAt: world.clock.now(),
      },
    }),
  ).toBe('wrong_second_factor');
  const response = key.answer(await world.startPasskeyLogIn());
  expect(await world.logInWithPasskey({ response }, HOME)).toEqual(WRONG_CODE);
  expect(await world.stepUp(caller, undefined, async () => 'no factor is left')).toBe('no factor is left');
});

test('removes a passkey by its own answer', async () => {
  const world = testWorld();
  const { caller, key, passkeyId } = await world.registerWithPasskey('ann');
  const passkey = await answered(world, caller, key);
  expect(await world.removePasskey({ passkeyId, password: PASSWORD, passkey }, caller)).toBeUndefined();
  expect(await world.getMe(caller)).toMatchObject({ passkeys: 0 });
});

test('another passkey needs the second factor, and one challenge makes one passkey', async () => {
  const world = testWorld();
  const { caller, key } = await world.registerWithPasskey('ann');
  const given = { password: PASSWORD };
  expect(await world.startPasskey(given, caller)).toEqual({ refused: 'second_factor_required' });
  const passkey = await answered(world, caller, key);
  const options = granted(await world.startPasskey({ ...given, passkey }, caller));
  const [one, other] = [authenticator(world.siteOrigin), authenticator(world.siteOrigin)];
  const added = granted(await world.addPasskey({ name: 'Key', response: one.register(options) }, caller));
  expect(added).not.toHaveProperty('recoveryCodes');
  const again = { name: 'Key', response: other.register(options) };
  expect(await world.addPasskey(again, caller)).toEqual(WRONG);
});

test('an account has at most ten passkeys', async () => {
  const world = testWorld();
  const { caller, recoveryCodes } = await world.registerWithPasskey('ann');
  for (let n = 1; n < MAX_PASSKEYS; n++) {
    const options = granted(
      await world.startPasskey({ password: PASSWORD, code: recoveryCodes[n]! }, caller),
    );
    const response = authenticator(world.siteOrigin).register(options);
    granted(await world.addPasskey({ name: `Key ${n}`, response }, caller));
  }
  const more = { password: PASSWORD, code: recoveryCodes[0]! };
  expect(await world.startPasskey(more, caller)).toEqual({ refused: 'too_many_open' });
});

test('a change of the password ends a challenge to add a passkey, also if it comes at the same time', async () => {
  const world = testWorld();
  const caller = world.callerOf(await world.register('ann'));
  const asked = async (password: string) => {
    const options = granted(await world.startPasskey({ password }, caller));
    return { name: 'Laptop', response: authenticator(world.siteOrigin).register(options) };
  };
  const change = (currentPassword: string, newPassword: string) =>
    world.changePassword({ currentPassword, newPassword }, caller);
  const earlier = await asked(PASSWORD);
  expect(await change(PASSWORD, 'another horse battery')).toBeUndefined();
  expect(await world.addPasskey(earlier, caller)).toEqual(WRONG);

  const atOnce = await asked('another horse battery');
  world.between('accounts', 'get', () => change('another horse battery', 'a third horse battery'));
  expect(await world.addPasskey(atOnce, caller)).toEqual(WRONG);
  expect(await world.factors.get(caller.accountId)).toBeUndefined();
  granted(await world.addPasskey(await asked('a third horse battery'), caller));
});

test('an answer to the challenge of one use adds no passkey, and the challenge to add one confirms nothing', async () => {
  const world = testWorld();
  const { caller, key, recoveryCodes } = await world.registerWithPasskey('ann');
  const bob = world.callerOf(await world.register('bob'));
  const toAdd = granted(await world.startPasskey({ password: PASSWORD, code: recoveryCodes[0]! }, caller));
  const passkey = { challengeId: toAdd.challenge as PasskeyChallengeId, response: key.answer(toAdd) };
  expect(await world.stepUp(caller, passkey, spending(world))).toEqual(WRONG);
  expect(await world.logInWithPasskey({ response: passkey.response }, HOME)).toEqual(WRONG_CODE);
  const register = (options: PasskeyOptions) =>
    authenticator(world.siteOrigin).register({ ...toAdd, ...options });
  const { options: forStep } = granted(await world.startStepUp(caller));
  for (const other of [forStep, await world.startPasskeyLogIn()])
    expect(await world.addPasskey({ name: 'Key', response: register(other) }, caller)).toEqual(WRONG);
  expect(await world.addPasskey({ name: 'Key', response: register(toAdd) }, bob)).toEqual(WRONG);
  granted(await world.addPasskey({ name: 'Key', response: register(toAdd) }, caller));
});

test('an app that is asked for while the first passkey is added needs the second factor', async () => {
  const world = testWorld();
  const caller = world.callerOf(await world.register('ann'));
  const options = granted(await world.startPasskey({ password: PASSWORD }, caller));
  const response = authenticator(world.siteOrigin).register(options);
  world.between('factors', 'get', async () =>
    granted(await world.addPasskey({ name: 'Laptop', response }, caller)),
  );
  expect(await world.startTotp({ password: PASSWORD }, caller)).toEqual({
    refused: 'second_factor_required',
  });
  expect((await world.factors.get(caller.accountId))?.sealedSecret).toBeUndefined();
});

test('an app that was never confirmed is forgotten with the first passkey', async () => {
  const world = testWorld();
  const caller = world.callerOf(await world.register('ann'));
  const { secret } = granted(await world.startTotp({ password: PASSWORD }, caller));
  const options = granted(await world.startPasskey({ password: PASSWORD }, caller));
  const response = authenticator(world.siteOrigin).register(options);
  granted(await world.addPasskey({ name: 'Laptop', response }, caller));
  const confirmed = await world.confirmTotp({ code: world.codeOf(secret) }, caller);
  expect(confirmed).toMatchObject({ refused: 'out_of_order' });
  expect(await world.startTotp({ password: PASSWORD }, caller)).toEqual({
    refused: 'second_factor_required',
  });
});
