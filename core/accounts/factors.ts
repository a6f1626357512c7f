import type { AccountId, PasskeyId } from '../ids.ts';
import type { Proof } from '../step-up.ts';
import type { Instant } from '../time.ts';
import type { Passkey, PasskeyChallenge } from './passkeys.ts';

/** An account's second factors as stored. The app's secret may still wait for its first code. */
export type SecondFactor = {
  accountId: AccountId;
  /** The secret shared with the app, encrypted; absent without an app. */
  sealedSecret?: string;
  /** The account's number when the secret was made. Until it is confirmed, a change of the password makes it void. */
  credentialsVersion?: number;
  /** When the first code confirmed that the owner's app has the secret. */
  confirmedAt?: Instant;
  /** The newest time step whose code was spent; absent before the confirmation. */
  lastStep?: number;
  /** Digests of the unspent recovery codes. */
  recoveryDigests: string[];
  /** Oldest first. */
  passkeys: Passkey[];
};

/** An app whose secret waits for its first code, or is confirmed. */
export type AppFactor = SecondFactor & { sealedSecret: string };

/** The fields that are written when the first code turns the factor on. */
export type FirstCode = { confirmedAt: Instant; step: number; recoveryDigests: readonly string[] };

/** A change of the second factor, which is written together with its account. */
export type FactorChange =
  /** Turns on the factor that was read, unless it was replaced or turned on meanwhile. */
  | { kind: 'confirmed'; factor: AppFactor; first: FirstCode }
  /** Only spends the proof. */
  | { kind: 'spent'; proof: Proof }
  /** Forgets the app. The recovery codes stay only if passkeys do. */
  | { kind: 'removed'; proof: Proof; keepsCodes?: true }
  /** Replaces the recovery codes. */
  | { kind: 'renewed'; proof: Proof; recoveryDigests: readonly string[] }
  /** Stores a passkey and uses up its challenge. */
  | {
      kind: 'passkey_added';
      passkey: Passkey;
      challengeId: PasskeyChallenge['id'];
      recoveryDigests?: readonly string[];
      /** An app that was not confirmed is forgotten, because it was added without a second factor. */
      forgetsApp?: boolean;
    }
  /** `isLast`: no second factor is left, so the recovery codes are removed too. */
  | { kind: 'passkey_removed'; proof: Proof; passkeyId: PasskeyId; isLast: boolean };
