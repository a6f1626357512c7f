import type { Anyone } from '../caller.ts';
import { isRefusal, refusal } from '../refusal.ts';
import type { PasskeyResponse } from '../step-up.ts';
import type { SignInCall } from './calls.ts';
import type { AccountPorts } from './ports.ts';
import { proofOf } from './second-factor.ts';
import { openSession } from './sign-in.ts';

type Input = { response: PasskeyResponse; remember?: boolean };

/**
 * Signs in with a passkey alone. It is two factors: the person has it, and has unlocked it. All errors are one refusal,
 * so the answer does not tell which accounts and passkeys exist. Wrong answers do not count as guesses, because a
 * signature cannot be guessed, and the id of an account is public: a stranger could use up its tries.
 *
 * If the process dies after the passkey is spent, no session is opened, and the person uses the passkey again.
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
