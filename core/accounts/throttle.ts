import { isRefusal, type Refusal, type RefusalCode, refusal } from '../refusal.ts';
import { type Clock, DAY_MS, later, MINUTE_MS, SECOND_MS } from '../time.ts';
import { foldedUsername } from './accounts.ts';
import type { SignInCall } from './calls.ts';
import type { Bucket, Buckets, KnownPlaces, Limit, Secrets, SignInThrottle } from './ports.ts';

/** Buckets that never run out, for load tests of a sandbox. */
export const unlimited: Buckets = { take: async () => 0, giveBack: async () => {} };

/**
 * Only failures are counted, except for sign-ups and challenges for passkeys. The rates slow a patient guesser, and the
 * bursts allow for typing errors.
 */
export const LIMITS = {
  /** Wrong passwords for one account from one address. */
  passwordsHere: { burst: 30, everyMs: 2 * MINUTE_MS },
  /** Wrong passwords from one address, for all accounts together. */
  passwordsFromAddress: { burst: 200, everyMs: 20_000 },
  /** Wrong passwords for one account from addresses it never signed in from. */
  passwordsFromStrangers: { burst: 100, everyMs: MINUTE_MS },
  /** Wrong codes for one account from one place: 96 a day. To guess one of 3 valid codes in 1,000,000 takes ten years. */
  codes: { burst: 25, everyMs: 15 * MINUTE_MS },
  codesFromStrangers: { burst: 50, everyMs: 15 * MINUTE_MS },
  signUps: { burst: 300, everyMs: 12_000 },
  /** Challenges for passkeys from one address. Each is a row, and anybody may ask for one. */
  passkeySignIns: { burst: 300, everyMs: 12_000 },
} as const satisfies Record<string, Limit>;

/** How long an address or device stays known after a sign-in. It is also the age of a device's cookie. */
export const KNOWN_FOR_MS = 90 * DAY_MS;

/** Accounts for which a browser stays known. */
export const MAX_DEVICE_TOKENS = 5;

/** The network of an address. An IPv6 client owns its whole /64, so all its addresses count as one place. */
export function placeOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '');
  return plain.includes(':') ? `${plain.split('::')[0]!.split(':').slice(0, 4).join(':')}::/64` : plain;
}

/**
 * Digest of a username, for the keys of the throttle. The name itself is not stored, because people sometimes type their
 * password into its field.
 */
export const nameDigest = (secrets: Secrets, login: string): string => secrets.digest(foldedUsername(login));

const DEVICE_MARK = '#device#';

/** The network in the key of a known place; `undefined` if it is a device. */
export const networkIn = (key: string): string | undefined =>
  key.includes(DEVICE_MARK) ? undefined : key.slice(key.indexOf('#') + 1);

/** Name of the bucket that counts the requests of one kind from an address. */
export const addressBucket = (
  kind: 'sign-up' | 'password' | 'code' | 'passkey' | 'mail',
  clientAddress: string,
): string => `${kind}#${placeOf(clientAddress)}`;

/** Refusals that count as failures. Other refusals reveal nothing about the guess. */
const WRONG_GUESSES: readonly RefusalCode[] = [
  'wrong_credentials',
  'wrong_code',
  'wrong_password',
  'wrong_second_factor',
];

/**
 * Runs `attempt` if every bucket has a token. The tokens are taken first, so that parallel guesses do not evade the
 * limit, and given back unless the guess was wrong.
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
  const waitMs = Math.max(...taken);
  if (waitMs > 0) {
    await giveBack(counted.filter((_, index) => taken[index] === 0));
    return tooMany(waitMs);
  }
  let result: T | Refusal;
  try {
    result = await attempt();
  } catch (error) {
    // An error reveals nothing about the guess.
    await giveBack(counted);
    throw error;
  }
  if (!isRefusal(result) || !WRONG_GUESSES.includes(result.refused)) await giveBack(counted);
  return result;
}

const tooMany = (waitMs: number) =>
  refusal('too_many_requests', { retryAfterSeconds: Math.ceil(waitMs / SECOND_MS) });

/** Counts a request, successful or not. @returns a refusal if the bucket has no token */
export async function takeToken(
  buckets: Buckets,
  clock: Clock,
  bucket: Bucket,
): Promise<Refusal | undefined> {
  const waitMs = await buckets.take(bucket, clock.now());
  return waitMs > 0 ? tooMany(waitMs) : undefined;
}

type Ports = { buckets: Buckets; knownPlaces: KnownPlaces; secrets: Secrets; clock: Clock };

/**
 * Chooses the buckets of a sign-in by the typed name, address and device. Unknown names count like others. A device
 * that has signed in before has its own bucket, so that failures of others behind its address, or of strangers for its
 * account, do not lock it out.
 */
export function signInThrottle({ buckets, knownPlaces, secrets, clock }: Ports): SignInThrottle {
  const nameKey = (login: string) => nameDigest(secrets, login);
  const placeKey = (login: string, address: string) => `${nameKey(login)}#${placeOf(address)}`;
  const deviceKey = (login: string, device: string) =>
    `${nameKey(login)}${DEVICE_MARK}${secrets.digest(device)}`;
  const isKnown = (key: string) => knownPlaces.has(key, clock.now());
  /** The token of this browser with which the account has signed in before. */
  const knownDevice = async (login: string, { deviceTokens = [] }: SignInCall) => {
    const known = await Promise.all(deviceTokens.map((token) => isKnown(deviceKey(login, token))));
    return deviceTokens.find((_, index) => known[index]);
  };
  type Counting = { kind: 'password' | 'code'; here: Limit; strangers: Limit; fromAddress?: Limit };
  const guard = ({ kind, here, strangers, fromAddress }: Counting) =>
    async function guarded<T>(login: string, call: SignInCall, attempt: () => Promise<T | Refusal>) {
      const place = placeKey(login, call.clientAddress);
      const [knowsPlace, device] = await Promise.all([isKnown(place), knownDevice(login, call)]);
      const key = device === undefined ? place : deviceKey(login, device);
      const counted: Bucket[] = [[`${kind}#${key}`, here]];
      if (device === undefined && fromAddress)
        counted.push([addressBucket(kind, call.clientAddress), fromAddress]);
      if (device === undefined && !knowsPlace) counted.push([`${kind}#${nameKey(login)}`, strangers]);
      return countingFailures(buckets, clock, counted, attempt);
    };
  return {
    password: guard({
      kind: 'password',
      here: LIMITS.passwordsHere,
      strangers: LIMITS.passwordsFromStrangers,
      fromAddress: LIMITS.passwordsFromAddress,
    }),
    code: guard({ kind: 'code', here: LIMITS.codes, strangers: LIMITS.codesFromStrangers }),
    signUp: ({ clientAddress }) =>
      takeToken(buckets, clock, [addressBucket('sign-up', clientAddress), LIMITS.signUps]),
    passkey: ({ clientAddress }) =>
      takeToken(buckets, clock, [addressBucket('passkey', clientAddress), LIMITS.passkeySignIns]),
    async remember(login, call) {
      const place = placeKey(login, call.clientAddress);
      const [knowsPlace, known] = await Promise.all([isKnown(place), knownDevice(login, call)]);
      const until = later(clock.now(), KNOWN_FOR_MS);
      // An account that knows no token of this browser gets a new one, because another person may have planted those.
      const token = known ?? secrets.token();
      await Promise.all([
        ...(knowsPlace ? [] : [knownPlaces.add(place, until)]),
        ...(known === undefined ? [knownPlaces.add(deviceKey(login, token), until)] : []),
      ]);
      const others = (call.deviceTokens ?? []).filter((other) => other !== token);
      const deviceTokens = [token, ...others].slice(0, MAX_DEVICE_TOKENS);
      return { deviceTokens, wasKnown: known !== undefined };
    },
  };
}
