import { isRefusal, type Refusal, type RefusalCode, refusal } from '#core/refusal.ts';
import { type Clock, DAY_MS, type Instant, later, MINUTE_MS } from '#core/time.ts';
import { foldedUsername } from './accounts.ts';
import type { Secrets } from './ports.ts';

/** A token bucket: `burst` tries at once, and one more after each `everyMs`. */
export type Limit = { burst: number; everyMs: number };

/** A bucket's name and size. */
export type Bucket = readonly [key: string, limit: Limit];

export interface Buckets {
  /** Takes one token. @returns false when the bucket is empty */
  take(bucket: Bucket, now: Instant): Promise<boolean>;
  giveBack(bucket: Bucket, now: Instant): Promise<void>;
}

/** What a sandbox under load test counts with. */
export const unlimited: Buckets = { take: async () => true, giveBack: async () => {} };

/** From where an account has signed in before. */
export interface KnownPlaces {
  has(key: string, now: Instant): Promise<boolean>;
  add(key: string, until: Instant): Promise<void>;
}

/** Only failures count, except for sign-ups. Rates are those of a patient guesser, bursts those of clumsy people. */
export const LIMITS = {
  /** Wrong passwords for one account from one address. */
  passwordsHere: { burst: 30, everyMs: 2 * MINUTE_MS },
  /** Wrong passwords from one address, for whatever accounts. */
  passwordsFromAddress: { burst: 200, everyMs: 20_000 },
  /** Wrong passwords for one account from addresses it never signed in from. */
  passwordsFromStrangers: { burst: 100, everyMs: MINUTE_MS },
  /** Wrong codes: 96 a day find one of 3 in 1,000,000 in some ten years. */
  codes: { burst: 25, everyMs: 15 * MINUTE_MS },
  codesFromStrangers: { burst: 50, everyMs: 15 * MINUTE_MS },
  signUps: { burst: 300, everyMs: 12_000 },
} as const satisfies Record<string, Limit>;

const KNOWN_FOR_MS = 90 * DAY_MS;

/** One home or phone: an IPv6 client owns its whole /64, so that is what counts. */
export function placeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return plain.includes(':') ? `${plain.split('::')[0]!.split(':').slice(0, 4).join(':')}::/64` : plain;
}

/** What counts as a failure: a request that fails for another reason tells nothing about the guess. */
const WRONG_GUESSES: readonly RefusalCode[] = ['wrong_credentials', 'wrong_code', 'wrong_second_factor'];

/**
 * Runs `attempt` if every bucket has a token, which it keeps if the guess was wrong. The token is taken first, so
 * that many guesses at one instant are no way round.
 */
export async function countingFailures<T>(
  buckets: Buckets,
  clock: Clock,
  counted: readonly Bucket[],
  attempt: () => Promise<T | Refusal>,
): Promise<T | Refusal> {
  const now = clock.now();
  const taken = await Promise.all(counted.map((bucket) => buckets.take(bucket, now)));
  const giveBack = (bucketsToFill: readonly Bucket[]) =>
    Promise.all(bucketsToFill.map((bucket) => buckets.giveBack(bucket, now)));
  if (taken.includes(false)) {
    await giveBack(counted.filter((_, index) => taken[index]));
    return refusal('too_many_requests');
  }
  let result: T | Refusal;
  try {
    result = await attempt();
  } catch (error) {
    // Nothing was told about the guess, and a part that is busy or away is nobody's failure.
    await giveBack(counted);
    throw error;
  }
  if (!isRefusal(result) || !WRONG_GUESSES.includes(result.refused)) await giveBack(counted);
  return result;
}

type Ports = { buckets: Buckets; knownPlaces: KnownPlaces; secrets: Secrets; clock: Clock };

/** Which buckets count a sign-in, by name typed and address: a name that nobody has counts like any other. */
export function signInThrottle({ buckets, knownPlaces, secrets, clock }: Ports) {
  // Digests, as people type passwords into the wrong field.
  const nameKey = (login: string) => secrets.digest(foldedUsername(login));
  const hereKey = (login: string, address: string) => `${nameKey(login)}#${placeOf(address)}`;
  const guard = (kind: 'password' | 'code', here: Limit, strangers: Limit, everyone: readonly Bucket[]) =>
    async function guarded<T>(login: string, address: string, attempt: () => Promise<T | Refusal>) {
      const place = hereKey(login, address);
      const known = await knownPlaces.has(place, clock.now());
      const counted: Bucket[] = [[`${kind}#${place}`, here], ...everyone];
      if (!known) counted.push([`${kind}#${nameKey(login)}`, strangers]);
      return countingFailures(buckets, clock, counted, attempt);
    };
  return {
    /** A name and password. */
    password<T>(login: string, address: string, attempt: () => Promise<T | Refusal>) {
      const everyone: Bucket = [`password#${placeOf(address)}`, LIMITS.passwordsFromAddress];
      const { passwordsHere, passwordsFromStrangers } = LIMITS;
      return guard('password', passwordsHere, passwordsFromStrangers, [everyone])(login, address, attempt);
    },
    /** The code after the password. */
    code: guard('code', LIMITS.codes, LIMITS.codesFromStrangers, []),
    /** A new account: each counts. @returns false when there were too many */
    signUp: (address: string) => buckets.take([`sign-up#${placeOf(address)}`, LIMITS.signUps], clock.now()),
    /** From here on, strangers who fail on purpose are not held against the owner at this address. */
    async knows(login: string, address: string) {
      const place = hereKey(login, address);
      if (await knownPlaces.has(place, clock.now())) return;
      await knownPlaces.add(place, later(clock.now(), KNOWN_FOR_MS));
    },
  };
}

export type SignInThrottle = ReturnType<typeof signInThrottle>;
