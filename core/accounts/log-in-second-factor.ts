import type { Anyone } from '../caller.ts';
import type { ChallengeId } from '../ids.ts';
import { isRefusal, refusal } from '../refusal.ts';
import type { FactorAnswer, PasskeyResponse } from '../step-up.ts';
import type { SignInCall } from './calls.ts';
import type { AccountPorts } from './ports.ts';
import { isOn, proofOf } from './second-factor.ts';
import { CHALLENGE_TRIES } from './sessions.ts';
import { openSession } from './sign-in.ts';

/**
 * Finishes signing in with a code or a passkey. Each try is counted before it is checked, so that parallel tries cannot
 * exceed the limit.
 */
export const logInSecondFactor =
  (ports: AccountPorts) =>
  async (
    { challengeToken, ...given }: { challengeToken: string; code?: string; passkey?: PasskeyResponse },
    _caller: Anyone,
    call: SignInCall,
  ) => {
    const { challenges, accounts, factors, secrets, throttle, clock } = ports;
    const [id = '', secret = ''] = challengeToken.split('.');
    const challenge = await challenges.takeTry(
      id as ChallengeId,
      secrets.digest(secret),
      CHALLENGE_TRIES,
      clock.now(),
    );
    const account = challenge && (await accounts.get(challenge.accountId));
    // The password was changed since, or there is no such challenge.
    if (!account || account.credentialsVersion !== challenge.credentialsVersion) return refusal('wrong_code');
    const factor = await throttle.code(account.username, call, async () => {
      const found = await factors.get(account.id);
      const answer = answerOf(ports, given);
      const proof =
        isOn(found) && answer !== undefined && (await proofOf(ports, found, answer, 'second_factor'));
      // If the process dies after either write, nobody is signed in, and the person types the next code.
      const passed = proof && !(await factors.spend(proof)) && (await challenges.close(challenge.id));
      return passed ? found : refusal('wrong_code');
    });
    if (isRefusal(factor)) return factor;
    return openSession(ports, { account, factor, remember: challenge.remember }, call);
  };

/** A passkey's answer names its challenge, which logIn has stored. */
function answerOf(
  { webAuthn }: Pick<AccountPorts, 'webAuthn'>,
  { code, passkey }: { code?: string; passkey?: PasskeyResponse },
): FactorAnswer | undefined {
  const claims = passkey && webAuthn.claimsOf(passkey);
  return code ?? (claims && { challengeId: claims.challengeId, response: passkey });
}
