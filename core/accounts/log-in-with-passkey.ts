import type { Anyone } from '../caller.ts';
import { isRefusal, refusal } from '../refusal.ts';
import type { PasskeyResponse } from '../step-up.ts';
import type { SignInCall } from './calls.ts';
import type { AccountPorts } from './ports.ts';
import { proofOf } from './second-factor.ts';
import { openSession } from './sign-in.ts';

type Input = { response: PasskeyResponse; remember?: boolean };

/**
 * Signs in with a passkey alone. It is two factors: the person has it, and has unlocked it. All errors are one
 * refusal, so that nobody learns which accounts and passkeys exist. Wrong answers do not count as guesses, because
 * nobody guesses a signature, and a stranger must not use up the tries of an account whose id is public.
 *
 * If the process dies after the passkey is spent, nobody is signed in, and the person uses it again.
 */
export const logInWithPasskey =
  (ports: AccountPorts) =>
  async ({ response, remember = false }: Input, _caller: Anyone, call: SignInCall) => {
    const { accounts, factors, webAuthn } = ports;
    const claims = webAuthn.claimsOf(response);
    const account = claims?.accountId && (await accounts.get(claims.accountId));
    const factor = account && (await factors.get(account.id));
    if (!claims || !factor) return refusal('wrong_code');
    const answer = { challengeId: claims.challengeId, response };
    const proof = await proofOf(ports, factor, answer, 'sign_in');
    if (!proof || (await factors.spend(proof))) return refusal('wrong_code');
    const signIn = await openSession(ports, { account, factor, remember }, call);
    // The password was changed meanwhile.
    return isRefusal(signIn) ? refusal('wrong_code') : signIn;
  };
