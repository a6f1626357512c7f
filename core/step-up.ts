import type { Caller } from './caller.ts';
import type { AccountId, PasskeyChallengeId, PasskeyId } from './ids.ts';
import type { Refusal } from './refusal.ts';
import type { Instant } from './time.ts';

/** The JSON that a browser makes of a passkey's answer. Only the port WebAuthn reads the rest of it. */
export type PasskeyResponse = { readonly id: string; readonly [member: string]: unknown };

/** A passkey's answer to the challenge of startStepUp. */
export type PasskeyAnswer = { challengeId: PasskeyChallengeId; response: PasskeyResponse };

/** A code of the app, a recovery code, or a passkey's answer. */
export type FactorAnswer = string | PasskeyAnswer;

/** The fields of a request that may carry the second factor. */
export type GivenFactor = { code?: string | undefined; passkey?: PasskeyAnswer | undefined };

/** The second factor that a request carries. */
export const answerIn = ({ code, passkey }: GivenFactor): FactorAnswer | undefined => code ?? passkey;

/**
 * A correct second factor that is not spent yet. The transaction of its effect spends it. So one code or one answer of
 * a passkey sent many times at once has one effect, and a request that fails for another reason leaves it valid.
 */
export type Proof = {
  accountId: AccountId;
  spends:
    | AppCode
    /** The digest of a recovery code. */
    | { recoveryDigest: string }
    | Assertion;
};

/** A code of the app: its time step, and the secret it was checked against. Another secret refuses the proof. */
export type AppCode = { sealedSecret: string; step: number };

/** An answer of a passkey. The challenge is deleted, and the passkey's counter is raised, if both still allow it. */
export type Assertion = {
  challengeId: PasskeyChallengeId;
  passkeyId: PasskeyId;
  /** Number of uses by the passkey's own count. It is 0 for passkeys that do not count. */
  signCount: number;
  usedAt: Instant;
};

/** The transaction wrote nothing, because the proof was spent or the factor changed after the check. */
export type ProofOutcome = 'wrong_second_factor';

/**
 * Checks the second factor and runs `effect` with the proof that it must spend. An account without a second factor
 * needs none, and `effect` gets no proof. Only wrong answers count as guesses.
 *
 * @returns the result of `effect`, or a refusal `second_factor_required`, `wrong_second_factor`, `too_many_requests`
 */
export type StepUp = <T>(
  caller: Caller,
  answer: FactorAnswer | undefined,
  effect: (proof: Proof | undefined) => Promise<T | Refusal>,
) => Promise<T | Refusal>;
