import type { Caller } from '../caller.ts';
import type { SessionEvent } from '../events/events.ts';
import type { AccountId, ChallengeId, Ids, MailTokenId, PasskeyChallengeId, PasskeyId } from '../ids.ts';
import type { Notices } from '../notices/ports.ts';
import type { Page, PageRequest } from '../paging.ts';
import type { Refusal } from '../refusal.ts';
import type { PasskeyResponse, Proof, ProofOutcome } from '../step-up.ts';
import type { Clock, Instant } from '../time.ts';
import type { Account, AccountChange } from './accounts.ts';
import type { SignInCall } from './calls.ts';
import type { SecondFactor } from './factors.ts';
import type { MailQueue } from './mail-jobs.ts';
import type { MailToken } from './mail-tokens.ts';
import type { Credential, Passkey, PasskeyChallenge, PasskeyOptions } from './passkeys.ts';
import type { Challenge, Session, Trading } from './sessions.ts';

export interface Accounts {
  get(id: AccountId): Promise<Account | undefined>;
  /** Ignores case. An unknown name takes as long as a known one. */
  byUsername(username: string): Promise<Account | undefined>;
  /** The account whose confirmed address it is. Ignores case. */
  byEmail(email: string): Promise<Account | undefined>;
  /** Writes the account, its username and its public row, or nothing. */
  add(account: Account): Promise<'username_taken' | undefined>;
  /**
   * Writes the next version and its events, and as far as they change its public row, its address and its second factor,
   * and uses the token up, all or nothing. 'changed_since' if another change came first. 'out_of_order' if the factor
   * is no longer as it was read. 'invalid_token' if the token was used, or the address belongs to another account now.
   */
  save(
    change: AccountChange,
  ): Promise<'changed_since' | 'out_of_order' | 'invalid_token' | ProofOutcome | undefined>;
  /** Replaces the hash by one of the same password with more effort. Does nothing if the hash is no longer `from`. */
  replaceHash(id: AccountId, from: string, to: string): Promise<void>;
}

export interface Sessions {
  get(caller: Caller): Promise<Session | undefined>;
  /** All that have not expired long ago, newest first. Strongly consistent. */
  ofAccount(accountId: AccountId, page: PageRequest): Promise<Page<Session>>;
  /** Writes the session and its events, all or nothing. */
  add(session: Session, events: readonly SessionEvent[]): Promise<void>;
  /**
   * Writes the result of trading a token of `read`. Of parallel rotations one is written, of parallel additions all.
   * @returns 'changed_since' if `read` was rotated or ended meanwhile, or, for a rotation, got another token
   */
  trade(read: Session, trading: Trading): Promise<'changed_since' | undefined>;
  /** Removes a session, so that none of its tokens is valid. Does nothing if it is gone already. */
  end(caller: Caller): Promise<void>;
  /** Lets a session continue after a change that ends the others. Does nothing if it is gone. */
  keep(caller: Caller, credentialsVersion: number): Promise<void>;
}

export interface MailTokens {
  get(id: MailTokenId): Promise<MailToken | undefined>;
  add(token: MailToken): Promise<void>;
}

export interface Challenges {
  add(challenge: Challenge): Promise<void>;
  /**
   * Counts a try and returns the challenge, if the digest is right, the challenge is open, and fewer than `tries` tries
   * were made. Parallel tries are all counted.
   */
  takeTry(id: ChallengeId, digest: string, tries: number, now: Instant): Promise<Challenge | undefined>;
  /** Uses the challenge up. @returns true for exactly one of several parallel calls */
  close(id: ChallengeId): Promise<boolean>;
}

export interface SecondFactors {
  get(accountId: AccountId): Promise<SecondFactor | undefined>;
  /**
   * Stores a secret that waits for its first code. It replaces an unconfirmed one, and leaves the recovery codes.
   *
   * @param account as it was read before its password was checked
   * @param isFirst whether no second factor was asked for, because the account had none
   * @returns 'changed_since' if an app was confirmed since, or if `isFirst` and the account got a second factor
   */
  start(
    account: Pick<Account, 'id' | 'credentialsVersion'>,
    sealedSecret: string,
    isFirst: boolean,
  ): Promise<'changed_since' | undefined>;
  /** Removes the app, the recovery codes and the passkeys. Does nothing if there are none. */
  remove(accountId: AccountId): Promise<void>;
  /** Spends a proof without another effect. A time step spends all earlier ones. Of parallel calls one succeeds. */
  spend(proof: Proof): Promise<ProofOutcome | undefined>;
  renamePasskey(accountId: AccountId, id: PasskeyId, name: string): Promise<'not_found' | undefined>;
  addChallenge(challenge: PasskeyChallenge): Promise<void>;
  /** A challenge that was not used up. It may have expired. */
  challenge(id: PasskeyChallengeId): Promise<PasskeyChallenge | undefined>;
}

/** Passkeys (WebAuthn Level 3). Every answer must come from the site's own pages, with the person verified. */
export interface WebAuthn {
  /** Options to make a passkey that finds its account by itself. @param others the account's present ones */
  registrationOptions(
    account: Pick<Account, 'id' | 'username'>,
    challenge: PasskeyChallengeId,
    others: readonly Passkey[],
  ): Promise<PasskeyOptions>;
  /** The new credential; `undefined` if anything about the answer is wrong. */
  credentialOf(response: PasskeyResponse, challenge: PasskeyChallengeId): Promise<Credential | undefined>;
  /** Options to use one of these passkeys, or without any the passkey of any account. */
  assertionOptions(challenge: PasskeyChallengeId, allowed: readonly Passkey[]): Promise<PasskeyOptions>;
  /**
   * The passkey's counter after a correct answer; `undefined` if the answer is wrong, or if the counter did not rise,
   * because then a copy of the passkey is in use.
   */
  signCountOf(
    response: PasskeyResponse,
    challenge: PasskeyChallengeId,
    passkey: Credential,
  ): Promise<number | undefined>;
  /** The challenge and the account that an answer claims, unchecked; `undefined` if it is malformed. */
  claimsOf(
    response: PasskeyResponse,
  ): { challengeId: PasskeyChallengeId; accountId: AccountId | undefined } | undefined;
}

/** Too many requests wait for their turn to hash. Nothing was checked, and nothing counts as a guess. */
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
   * Runs work that hashes, a few at a time and in order. The work is a whole sign-in, because the reads and writes of
   * many sign-ins at once delay other requests as well.
   *
   * @throws PasswordsBusy if too many wait, or if this call would wait too long
   */
  inTurn<T>(work: (hasher: Hasher) => Promise<T>): Promise<T>;
  /** Whether a hash was made with less effort than the present one. */
  isOutdated(hash: string): boolean;
  /** A hash that fits no password and takes as long to verify as a real one. */
  readonly dummyHash: string;
  /** @param folded a password in lower case */
  isCommon(folded: string): boolean;
}

/** Random secrets, and the digests by which they are recognised later. */
export interface Secrets {
  /** 256 random bits, base64url. */
  token(): string;
  /** 80 random bits for people to write down: four groups of four letters or digits. */
  recoveryCode(): string;
  /** SHA-256, base64url. It suffices, because the secrets are random. */
  digest(secret: string): string;
}

export interface Totp {
  /** 160 random bits, base32. */
  newSecret(): string;
  uri(secret: string, username: string): string;
  /** The time step (30 s since 1970) of a code, if it is the previous, present or next one. */
  stepOf(secret: string, code: string, now: Instant): number | undefined;
}

/**
 * Encrypts stored secrets. `context` must be the same to open them, so that a row copied to another account is useless.
 */
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

/** A token bucket: `burst` tries at once, and one more after each `everyMs`. */
export type Limit = { burst: number; everyMs: number };

/** A bucket's name and size. */
export type Bucket = readonly [key: string, limit: Limit];

export interface Buckets {
  /** Takes one token. @returns 0 if taken, else the milliseconds until there is one */
  take(bucket: Bucket, now: Instant): Promise<number>;
  giveBack(bucket: Bucket, now: Instant): Promise<void>;
}

/** An address or a device that is remembered. */
export type KnownPlace = { key: string; until: Instant };

/** The addresses and devices from which an account has signed in before. A key begins with a `nameDigest` and a `#`. */
export interface KnownPlaces {
  has(key: string, now: Instant): Promise<boolean>;
  add(key: string, until: Instant): Promise<void>;
  /** Those of one account, some of them perhaps past `until`. Strongly consistent. */
  ofName(nameDigest: string, page: PageRequest): Promise<Page<KnownPlace>>;
  /** Does nothing if it is gone already. */
  remove(key: string): Promise<void>;
}

/** Limits the guesses at passwords and codes of people who sign in. */
export interface SignInThrottle {
  /** Guards an attempt with name and password. */
  password<T>(login: string, call: SignInCall, attempt: () => Promise<T | Refusal>): Promise<T | Refusal>;
  /** Guards an attempt with a code after the password. */
  code<T>(login: string, call: SignInCall, attempt: () => Promise<T | Refusal>): Promise<T | Refusal>;
  /** Counts a new account. @returns a refusal if there were too many */
  signUp(call: SignInCall): Promise<Refusal | undefined>;
  /** Counts a challenge for a sign-in by passkey alone. @returns a refusal if there were too many */
  passkey(call: Pick<SignInCall, 'clientAddress'>): Promise<Refusal | undefined>;
  /**
   * Remembers that the account signed in from this address and device.
   * @returns the tokens that the browser keeps, that of the account first, and whether the account had signed in with
   *   one of those that the browser sent
   */
  remember(login: string, call: SignInCall): Promise<{ deviceTokens: string[]; wasKnown: boolean }>;
}

/** The ports that check codes, for sign-ins and for steps that need the second factor again. */
export type SecondFactorPorts = {
  factors: SecondFactors;
  totp: Totp;
  webAuthn: WebAuthn;
  cipher: Cipher;
  secrets: Secrets;
  /** Counts wrong codes of people who are signed in. */
  codeBuckets: Buckets;
  clock: Clock;
};

/** The ports of the use cases of accounts. */
export type AccountPorts = SecondFactorPorts & {
  accounts: Accounts;
  mailQueue: MailQueue;
  mailTokens: MailTokens;
  /** Counts requests that send mails. */
  mailBuckets: Buckets;
  sessions: Sessions;
  notices: Pick<Notices, 'unread'>;
  challenges: Challenges;
  passwords: Passwords;
  accessTokens: AccessTokenSigner;
  throttle: SignInThrottle;
  ids: Ids;
};
