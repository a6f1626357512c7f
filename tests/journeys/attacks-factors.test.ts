import { LIMITS } from '#core/accounts/throttle.ts';
import { authenticator, type Faults } from '#tests/helpers/authenticator.ts';
import { client } from '#tests/helpers/client.ts';
import { expectProblem } from '#tests/helpers/expect-problem.ts';
import { carefulPerson, personWithPasskey } from '#tests/helpers/guarded-person.ts';
import { outcomes } from '#tests/helpers/outcomes.ts';
import { forgetOwnAddress } from '#tests/helpers/own-address.ts';
import { person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { codeOf, wrongCode } from '#tests/helpers/totp.ts';

// The attacks on second factors. docs/security.md lists all attacks.

const { siteUrl } = theSandbox();

// Many of these tests send mails and guess passwords from one address.
beforeEach(forgetOwnAddress);

describe('guessing, racing and replaying the second factor', () => {
  test('TOTP brute force: wrong codes run out, whatever challenge they answer, and then no code is checked', async () => {
    const { secret, challenge } = await carefulPerson();
    let wrong = 0;
    while (wrong < LIMITS.codes.burst) {
      const { challengeToken, logInSecondFactor } = await challenge();
      for (let failure = 0; failure < 5; failure += 1, wrong += 1)
        await expectProblem(
          logInSecondFactor({ challengeToken, code: wrongCode(secret) }),
          401,
          'wrong_code',
        );
    }
    const { challengeToken, logInSecondFactor } = await challenge();
    const code = codeOf(secret, 1);
    await expectProblem(logInSecondFactor({ challengeToken, code }), 429, 'too_many_requests');
  });

  test('TOTP brute force: a stolen access token has as few tries', async () => {
    const { someone, secret } = await carefulPerson();
    const { password } = someone;
    for (let failure = 0; failure < LIMITS.codes.burst; failure += 1)
      await expectProblem(
        someone.disableTotp({ password, code: wrongCode(secret) }),
        403,
        'wrong_second_factor',
      );
    const code = codeOf(secret, 1);
    await expectProblem(someone.disableTotp({ password, code }), 429, 'too_many_requests');
    await expectProblem(someone.renewRecoveryCodes({ password, code }), 429, 'too_many_requests');
  });

  test('TOTP race: of twenty simultaneous sign-ins with one code, one succeeds', async () => {
    const { secret, challenge } = await carefulPerson();
    const code = codeOf(secret, 1);
    const tries = await Promise.all(Array.from({ length: 4 }, challenge));
    const outcome = await outcomes(
      [...Array(20)].map((_, index) => {
        const { challengeToken, logInSecondFactor } = tries[index % 4]!;
        return logInSecondFactor({ challengeToken, code });
      }),
    );
    expect(outcome).toEqual({ given: 1, codes: ['wrong_code'] });
  });

  test('recovery code race: of twenty simultaneous sign-ins with one recovery code, one succeeds', async () => {
    const { someone, recoveryCodes, challenge } = await carefulPerson();
    const code = recoveryCodes[0]!;
    const tries = await Promise.all(Array.from({ length: 4 }, challenge));
    const outcome = await outcomes(
      [...Array(20)].map((_, index) => {
        const { challengeToken, logInSecondFactor } = tries[index % 4]!;
        return logInSecondFactor({ challengeToken, code });
      }),
    );
    expect(outcome).toEqual({ given: 1, codes: ['wrong_code'] });
    expect(await someone.getMe()).toMatchObject({ recoveryCodesLeft: 9 });
  });

  test('challenge race: of five simultaneous answers to one challenge, each with another code, one succeeds', async () => {
    const { recoveryCodes, challenge } = await carefulPerson();
    const { challengeToken, logInSecondFactor } = await challenge();
    const outcome = await outcomes(
      [...Array(5)].map((_, index) => logInSecondFactor({ challengeToken, code: recoveryCodes[index]! })),
    );
    expect(outcome).toEqual({ given: 1, codes: ['wrong_code'] });
  });
});

describe('passkeys', () => {
  /** Every way to use an answer to a challenge; each resolves if the answer was accepted. */
  async function usesOf({ someone, key, challenge }: Awaited<ReturnType<typeof personWithPasskey>>) {
    const { password } = someone;
    return {
      signIn: async (faults: Faults = {}) =>
        client().logInWithPasskey({ response: key.answer(await client().startPasskeyLogIn(), faults) }),
      secondFactor: async (faults: Faults = {}) => {
        const { challengeToken, passkeyOptions, logInSecondFactor } = await challenge();
        return logInSecondFactor({ challengeToken, passkey: key.answer(passkeyOptions!, faults) });
      },
      stepUp: async (faults: Faults = {}) => {
        const { challengeId, options } = await someone.startStepUp();
        const passkey = { challengeId, response: key.answer(options, faults) };
        return someone.renewRecoveryCodes({ password, passkey });
      },
    };
  }

  test.each<[string, Faults]>([
    ['origin: an answer of a page of another site', { origin: 'https://evil.example' }],
    ['origin: an answer of a page whose name begins like ours', { origin: `${siteUrl}.evil.example` }],
    ['origin: an answer for the passkeys of another site', { rpId: 'evil.example' }],
    ['stolen key: an answer without the PIN or finger of a person', { verifiesUser: false }],
    ['cloned authenticator: an answer whose counter fell', { signCount: 1 }],
  ])('passkey %s is refused', async (_, faults) => {
    const uses = await usesOf(await personWithPasskey());
    await uses.signIn();
    await expectProblem(uses.signIn(faults), 401, 'wrong_code');
    await expectProblem(uses.secondFactor(faults), 401, 'wrong_code');
    await expectProblem(uses.stepUp(faults), 403, 'wrong_second_factor');
    await uses.signIn();
    await uses.secondFactor();
    await uses.stepUp();
  });

  test('passkey replay: an answer that was used once is refused, also for another step', async () => {
    const { someone, key, challenge } = await personWithPasskey();
    const response = key.answer(await client().startPasskeyLogIn());
    await client().logInWithPasskey({ response });
    await expectProblem(client().logInWithPasskey({ response }), 401, 'wrong_code');

    const { challengeId, options } = await someone.startStepUp();
    const passkey = { challengeId, response: key.answer(options) };
    await someone.renewRecoveryCodes({ password: someone.password, passkey });
    const stepUp = someone.renewRecoveryCodes({ password: someone.password, passkey });
    await expectProblem(stepUp, 403, 'wrong_second_factor');
    await expectProblem(client().logInWithPasskey({ response: passkey.response }), 401, 'wrong_code');
    const { challengeToken, logInSecondFactor } = await challenge();
    const secondFactor = logInSecondFactor({ challengeToken, passkey: passkey.response });
    await expectProblem(secondFactor, 401, 'wrong_code');
  });

  test('passkey race: of twenty simultaneous sign-ins with one answer, one succeeds', async () => {
    const { key } = await personWithPasskey();
    const response = key.answer(await client().startPasskeyLogIn());
    const outcome = await outcomes([...Array(20)].map(() => client().logInWithPasskey({ response })));
    expect(outcome).toEqual({ given: 1, codes: ['wrong_code'] });
  });

  test('passkey challenge: an answer to a challenge for another use or of another account is refused', async () => {
    const [ann, bob] = [await personWithPasskey(), await personWithPasskey()];
    const { password } = ann.someone;
    const ofBob = await bob.someone.startStepUp();
    const ofAnn = await ann.someone.startStepUp();
    const forSignIn = await client().startPasskeyLogIn();
    const { challengeToken, passkeyOptions, logInSecondFactor } = await ann.challenge();
    const stepUps = [
      { challengeId: ofBob.challengeId, response: ann.key.answer(ofBob.options) },
      // The challenge that is named is not the one that was signed.
      { challengeId: ofAnn.challengeId, response: ann.key.answer(ofBob.options) },
      { challengeId: ofAnn.challengeId, response: ann.key.answer(forSignIn) },
      { challengeId: forSignIn.challenge as never, response: ann.key.answer(forSignIn) },
      { challengeId: passkeyOptions!.challenge as never, response: ann.key.answer(passkeyOptions!) },
      // The passkey of another account.
      { challengeId: ofAnn.challengeId, response: bob.key.answer(ofAnn.options) },
    ];
    for (const passkey of stepUps)
      await expectProblem(ann.someone.renewRecoveryCodes({ password, passkey }), 403, 'wrong_second_factor');
    const ofBobsSignIn = await bob.challenge();
    for (const options of [ofAnn.options, forSignIn, ofBobsSignIn.passkeyOptions!])
      await expectProblem(
        logInSecondFactor({ challengeToken, passkey: ann.key.answer(options) }),
        401,
        'wrong_code',
      );
    for (const options of [ofAnn.options, passkeyOptions!])
      await expectProblem(
        client().logInWithPasskey({ response: ann.key.answer(options) }),
        401,
        'wrong_code',
      );
  });

  test('passkey user handle: an answer that names another account is refused', async () => {
    const [ann, bob] = [await personWithPasskey(), await personWithPasskey()];
    const { id } = await bob.someone.getMe();
    for (const handle of [id, 'nobody', '__proto__', 'constructor', '', '\u0000']) {
      const userHandle = Buffer.from(handle).toString('base64url');
      const response = ann.key.answer(await client().startPasskeyLogIn(), { userHandle });
      await expectProblem(client().logInWithPasskey({ response }), 401, 'wrong_code');
    }
  });

  test('passkey registration: the options of another account, or for another use, add no passkey', async () => {
    const [thief, victim] = [await personWithPasskey(), await person()];
    const options = await victim.startPasskey({ password: victim.password });
    const stolen = authenticator(siteUrl).register(options);
    const added = thief.someone.addPasskey({ name: 'Mine', response: stolen });
    await expectProblem(added, 403, 'wrong_second_factor');

    const user = { id: Buffer.from((await thief.someone.getMe()).id).toString('base64url') };
    const { options: forStepUp } = await thief.someone.startStepUp();
    for (const other of [forStepUp, await client().startPasskeyLogIn(), { challenge: 'made-up' }]) {
      const response = authenticator(siteUrl).register({ ...other, user });
      await expectProblem(thief.someone.addPasskey({ name: 'Mine', response }), 403, 'wrong_second_factor');
    }
    expect(await thief.someone.getMe()).toMatchObject({ passkeys: 1 });
    expect(await victim.getMe()).toMatchObject({ passkeys: 0 });
  });
});
