import type { AccountId } from '../ids.ts';
import type { Proof } from '../step-up.ts';
import type { Instant } from '../time.ts';

/** An account's second factor as stored: waiting for its first code, or on. */
export type SecondFactor = {
  accountId: AccountId;
  /** The shared secret, encrypted. */
  sealedSecret: string;
  /** When the first code confirmed that the owner's app has the secret. */
  confirmedAt?: Instant;
  /** The newest time step whose code was spent; absent before the confirmation. */
  lastStep?: number;
  /** Digests of the unspent recovery codes. */
  recoveryDigests: string[];
};

/** The fields that are written when the first code turns the factor on. */
export type FirstCode = { confirmedAt: Instant; step: number; recoveryDigests: readonly string[] };

/** A change of the second factor, which is written together with its account. */
export type FactorChange =
  /** Turns on the factor that was read, unless it was replaced or turned on meanwhile. */
  | { kind: 'confirmed'; factor: SecondFactor; first: FirstCode }
  /** Only spends the proof. */
  | { kind: 'spent'; proof: Proof }
  /** Turns the factor off. */
  | { kind: 'removed'; proof: Proof }
  /** Replaces the recovery codes. */
  | { kind: 'renewed'; proof: Proof; recoveryDigests: readonly string[] };
