import type { Caller } from '#core/caller.ts';
import type { AccountId, ChallengeId, SessionId } from '#core/ids.ts';
import type { Proof, ProofOutcome } from '#core/step-up.ts';
import type { Instant } from '#core/time.ts';
import type { Account } from './accounts.ts';
import type { Challenge, Session, Trading } from './sessions.ts';

export interface Accounts {
  get(id: AccountId): Promise<Account | undefined>;
  /** Whatever the case it is written in. Takes as long for a name that nobody has. */
  byUsername(username: string): Promise<Account | undefined>;
  /** The account, its name and how others see it, or nothing. */
  add(account: Account): Promise<'username_taken' | undefined>;
  /** The same password in a newer form; does nothing if the hash is no longer `from`. */
  replaceHash(id: AccountId, from: string, to: string): Promise<void>;
}

export interface Sessions {
  get(id: SessionId): Promise<Session | undefined>;
  add(session: Session): Promise<void>;
  /**
   * Writes what trading a token of `read` came to. Of two rotations at once one is written; additions at once all are.
   * @returns 'changed_since' if `read` was rotated or ended, or, for a rotation, was given a token meanwhile
   */
  trade(read: Session, trading: Trading): Promise<'changed_since' | undefined>;
  /** From now on nothing of it is valid; a session that has ended stays ended when it did. */
  end(id: SessionId, now: Instant): Promise<void>;
}

export interface Challenges {
  add(challenge: Challenge): Promise<void>;
  /**
   * Counts a try and gives the challenge, if it is the one of this digest, still open, and fewer than `tries` were
   * made. Tries at the same instant are each counted.
   */
  takeTry(id: ChallengeId, digest: string, tries: number, now: Instant): Promise<Challenge | undefined>;
  /** Uses it up. @returns whether this call did, and not another one at the same instant */
  close(id: ChallengeId): Promise<boolean>;
}

/** An account's second factor as stored: waiting for its first code, or on. */
export type SecondFactor = {
  accountId: AccountId;
  /** The shared secret, encrypted. */
  sealedSecret: string;
  /** When the first code proved that the owner's app has the secret. */
  confirmedAt?: Instant;
  /** The newest time step whose code was spent; there once confirmed. */
  lastStep?: number;
  /** Of the recovery codes that are left. */
  recoveryDigests: string[];
};

export interface SecondFactors {
  get(accountId: AccountId): Promise<SecondFactor | undefined>;
  /** Puts a secret that waits for its first code, in place of an earlier one that still does. */
  start(accountId: AccountId, sealedSecret: string): Promise<'out_of_order' | undefined>;
  /** Turns on the factor that was read, unless it was replaced or turned on meanwhile. */
  confirm(factor: SecondFactor, on: FirstCode): Promise<'out_of_order' | undefined>;
  /** Spends a code by itself; a step spends those before it as well. Of many at once, one is done. */
  spend(proof: Proof): Promise<ProofOutcome | undefined>;
  /** Turns off the factor that the proof is of, and spends the proof with it. */
  remove(proof: Proof): Promise<ProofOutcome | undefined>;
}

/** What is written when a first code turns the factor on. */
export type FirstCode = { confirmedAt: Instant; step: number; recoveryDigests: string[] };

/** More wait for their turn to hash than will have it soon. Nothing was checked, and nothing counts as a guess. */
export class PasswordsBusy extends Error {
  override name = 'PasswordsBusy';
  readonly retryAfterSeconds: number;
  constructor(retryAfterSeconds: number) {
    super('too many passwords wait to be hashed');
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

export interface Hasher {
  /** @param password in NFC */
  hash(password: string): Promise<string>;
  verify(password: string, hash: string): Promise<boolean>;
}

export interface Passwords {
  /**
   * Runs work that hashes, a few at once and in the order it comes. The work is a whole sign-in and not the hash alone,
   * because the reads and writes of many at once hold up other requests as well.
   *
   * @throws PasswordsBusy when too much waits
   */
  inTurn<T>(work: (hasher: Hasher) => Promise<T>): Promise<T>;
  /** Whether a hash was made with less effort than is asked now. */
  isOutdated(hash: string): boolean;
  /** Fits no password, and takes as long to verify as a real one. */
  readonly dummyHash: string;
  /** @param folded a password in lower case */
  isCommon(folded: string): boolean;
}

/** Chance and digests for what is handed out once and recognised later. */
export interface Secrets {
  /** 256 random bits, base64url. */
  token(): string;
  /** 80 random bits for people to write down: four groups of four letters or digits. */
  recoveryCode(): string;
  /** SHA-256, base64url: enough for what is random. */
  digest(secret: string): string;
}

export interface Totp {
  /** 160 random bits, base32. */
  newSecret(): string;
  uri(secret: string, username: string): string;
  /** The time step (30 s since 1970) whose code this is, among the last, the present and the next one. */
  stepOf(secret: string, code: string, now: Instant): number | undefined;
}

/** Encrypts what is stored; `context` must be the same at opening, so that a row copied to another account is of no use. */
export interface Cipher {
  seal(plain: string, context: string): string;
  open(sealed: string, context: string): string;
}

export interface AccessTokenSigner {
  sign(
    caller: Caller,
    id: string,
    now: Instant,
  ): Promise<{ accessToken: string; accessTokenExpiresAt: Instant }>;
}
