import { granted, HOME, testWorld } from '#tests/helpers/world.ts';
import { MINUTE_MS } from '../time.ts';

const WRONG_CODE = { refused: 'wrong_code' };

test('accepts a code of one time step before or after, and refuses one of two', async () => {
  const { registerWithTotp, challenge, logInSecondFactor, codeOf, pass } = testWorld();
  const { secret } = await registerWithTotp('ann');
  const tryStep = async (steps: number) =>
    logInSecondFactor({ challengeToken: await challenge('ann'), code: codeOf(secret, steps) }, HOME);
  pass(5 * MINUTE_MS);
  expect(await tryStep(-2)).toEqual(WRONG_CODE);
  expect(await tryStep(2)).toEqual(WRONG_CODE);
  for (const step of [-1, 0, 1]) granted(await tryStep(step));
});

test('one code sent 20 times at once signs in once, and then no code of an earlier step does', async () => {
  const { registerWithTotp, challenge, logInSecondFactor, codeOf } = testWorld();
  const { secret } = await registerWithTotp('ann');
  const challenges = await Promise.all(Array.from({ length: 20 }, () => challenge('ann')));
  const code = codeOf(secret, 1);
  const results = await Promise.all(
    challenges.map((challengeToken) => logInSecondFactor({ challengeToken, code }, HOME)),
  );
  expect(results.filter((result) => 'signedIn' in result)).toHaveLength(1);
  const earlier = { challengeToken: await challenge('ann'), code: codeOf(secret) };
  expect(await logInSecondFactor(earlier, HOME)).toEqual(WRONG_CODE);
});

test('refuses the code that confirmed the factor', async () => {
  const { registerWithTotp, challenge, logInSecondFactor, codeOf } = testWorld();
  const { secret } = await registerWithTotp('ann');
  const again = { challengeToken: await challenge('ann'), code: codeOf(secret, -1) };
  expect(await logInSecondFactor(again, HOME)).toEqual(WRONG_CODE);
});

test('accepts each recovery code once, whatever its case and separators', async () => {
  const { registerWithTotp, challenge, logInSecondFactor } = testWorld();
  const { recoveryCodes } = await registerWithTotp('ann');
  for (const code of recoveryCodes) {
    const sloppy = ` ${code.toUpperCase().replaceAll('-', ' ')} `;
    granted(await logInSecondFactor({ challengeToken: await challenge('ann'), code: sloppy }, HOME));
    const again = { challengeToken: await challenge('ann'), code };
    expect(await logInSecondFactor(again, HOME)).toEqual(WRONG_CODE);
  }
});

test('a challenge ends with one success, five failures, or five minutes', async () => {
  const { registerWithTotp, challenge, logInSecondFactor, codeOf, pass } = testWorld();
  const { secret, recoveryCodes } = await registerWithTotp('ann');
  const [used, failed, late] = [await challenge('ann'), await challenge('ann'), await challenge('ann')];
  granted(await logInSecondFactor({ challengeToken: used, code: recoveryCodes[0]! }, HOME));
  const usedAgain = { challengeToken: used, code: recoveryCodes[1]! };
  expect(await logInSecondFactor(usedAgain, HOME)).toEqual(WRONG_CODE);

  for (let failure = 1; failure <= 5; failure++)
    expect(await logInSecondFactor({ challengeToken: failed, code: 'no' }, HOME)).toEqual(WRONG_CODE);
  const sixth = { challengeToken: failed, code: codeOf(secret) };
  expect(await logInSecondFactor(sixth, HOME)).toEqual(WRONG_CODE);

  pass(5 * MINUTE_MS);
  const tooLate = { challengeToken: late, code: recoveryCodes[1]! };
  expect(await logInSecondFactor(tooLate, HOME)).toEqual(WRONG_CODE);
});
