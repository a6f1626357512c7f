import type { AccountId, PasskeyChallengeId, PasskeyId } from '../ids.ts';
import { type Instant, MINUTE_MS } from '../time.ts';

/** The public part of a passkey, as its authenticator gave it. */
export type Credential = {
  /** base64url, up to 1,023 bytes. */
  credentialId: string;
  /** A COSE key, base64url. */
  publicKey: string;
  /** Number of uses by the passkey's own count. It is 0 for passkeys that do not count. */
  signCount: number;
  /** Hints for the browser where to look for it, such as `internal` or `usb`. */
  transports: readonly string[];
};

/** A passkey of an account as it is stored. */
export type Passkey = Credential & {
  id: PasskeyId;
  accountId: AccountId;
  /** In the words of its owner. */
  name: string;
  createdAt: Instant;
  lastUsedAt?: Instant;
};

/**
 * A challenge for a passkey, which is used once. `sign_in` is of no account, because the passkey tells the account.
 * An answer for one use is refused for another.
 */
export type PasskeyChallenge = {
  id: PasskeyChallengeId;
  expiresAt: Instant;
  use:
    | { kind: 'sign_in' }
    | { kind: 'second_factor' | 'step_up'; accountId: AccountId }
    /** `credentialsVersion` as it was, because a thief who asked must add no passkey after a change of the password. */
    | { kind: 'register'; accountId: AccountId; credentialsVersion: number };
};

export type PasskeyUse = PasskeyChallenge['use']['kind'];

export const PASSKEY_CHALLENGE_LIFE_MS = 5 * MINUTE_MS;

/** Options for the browser, in the JSON form of WebAuthn Level 3. */
export type PasskeyOptions = { challenge: string; [member: string]: unknown };

/** A passkey as its owner sees it. */
export const passkeyView = ({ id, name, createdAt, lastUsedAt }: Passkey) => ({
  id,
  name,
  createdAt,
  ...(lastUsedAt !== undefined && { lastUsedAt }),
});

export type PasskeyView = ReturnType<typeof passkeyView>;
