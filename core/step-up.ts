import type { Caller } from './caller.ts';
import type { AccountId } from './ids.ts';
import type { Refusal } from './refusal.ts';

/**
 * A right code of the second factor that is not spent yet. The write that spends it belongs to the transaction of its
 * effect: both happen or neither does, so that one code sent many times at once has one effect, and a request that
 * fails for another reason leaves the code good.
 */
export type Proof = {
  accountId: AccountId;
  /** The secret it was checked against. A factor that was renewed meanwhile takes no proof of the old one. */
  sealedSecret: string;
  /** The time step of the app's code, or the digest of a recovery code. */
  spends: { step: number } | { recoveryDigest: string };
};

/** Why a transaction with a proof wrote nothing: its code was spent, or the factor changed, since it was checked. */
export type ProofOutcome = 'wrong_second_factor';

/**
 * Runs `effect` once the second factor has confirmed it, with the proof to spend; without one where the account has no
 * second factor. Only wrong codes count as guesses.
 *
 * @returns what `effect` gave, or a refusal `second_factor_required`, `wrong_second_factor`, `too_many_requests`
 */
export type StepUp = <T>(
  caller: Caller,
  code: string | undefined,
  effect: (proof: Proof | undefined) => Promise<T | Refusal>,
) => Promise<T | Refusal>;
