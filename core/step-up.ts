import type { Caller } from './caller.ts';
import type { AccountId } from './ids.ts';
import type { Refusal } from './refusal.ts';

/**
 * A correct code of the second factor that is not spent yet. The transaction of its effect spends it. So one code sent
 * many times at once has one effect, and a request that fails for another reason leaves the code valid.
 */
export type Proof = {
  accountId: AccountId;
  /** The secret that it was checked against. A factor with another secret refuses the proof. */
  sealedSecret: string;
  /** The time step of the app's code, or the digest of a recovery code. */
  spends: { step: number } | { recoveryDigest: string };
};

/** A transaction wrote nothing, because the code was spent or the factor changed after the check. */
export type ProofOutcome = 'wrong_second_factor';

/**
 * Checks the code of the second factor and runs `effect` with the proof that it must spend. An account without a second
 * factor needs no code, and `effect` gets no proof. Only wrong codes count as guesses.
 *
 * @returns the result of `effect`, or a refusal `second_factor_required`, `wrong_second_factor`, `too_many_requests`
 */
export type StepUp = <T>(
  caller: Caller,
  code: string | undefined,
  effect: (proof: Proof | undefined) => Promise<T | Refusal>,
) => Promise<T | Refusal>;
