import { randomBytes } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { hash as argon2Hash, verify as argon2Verify } from 'argon2';
import pLimit from 'p-limit';
import { type Hasher, type Passwords, PasswordsBusy } from '#core/accounts/ports.ts';
import { monotonicMs } from '../system/clock.ts';
import common from './common-passwords.json' with { type: 'json' };

/** OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB of memory (in KiB), 2 passes, 1 lane. */
const EFFORT = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;

const LIMITS = {
  /** More would fill libuv's four threads, and delay every file access and DNS look-up. */
  atOnce: Math.min(2, availableParallelism()),
  /** Upper bound of waiting sign-ins. At 40 ms each, two at a time, the last one waits about 10 seconds. */
  mostWaiting: 512,
  /** Longer waits, as on slow machines, are refused, because the gateway gives up after 29 seconds. */
  longestWaitMs: 20_000,
};
/** Duration of one sign-in with its reads and writes (docs/adr/0023). */
const TURN_MS = 40;

type Effort = typeof EFFORT;

/** Base64 without padding, as the PHC string format requires. */
const unpadded = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

/**
 * A PHC string with the parameters in the reference implementation's order. The package `argon2` uses another order.
 */
const writePhc = ({ memoryCost, timeCost, parallelism }: Effort, salt: Buffer, tag: Buffer) =>
  `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;

/** The effort in a hash. @throws an Error for anything but an Argon2id PHC string of version 1.3 */
function effortOf(hash: string): Effort {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$[\w+/]+\$[\w+/]+$/.exec(hash);
  if (!match) throw new Error('a stored password hash is no Argon2id PHC string');
  const [memoryCost, timeCost, parallelism] = match.slice(1).map(Number) as [number, number, number];
  return { memoryCost, timeCost, parallelism };
}

/**
 * Argon2id by the package `argon2`, on libuv's threads. Hashes are PHC strings
 * (https://github.com/P-H-C/phc-string-format).
 *
 * @param effort memory in KiB; other than OWASP's only to test that hashes grow with it
 * @param limits turns at once, how many may wait for theirs, and for how long
 * @param nowMs milliseconds since any fixed moment; a test sets it
 */
export function argon2id(effort: Effort = EFFORT, limits = LIMITS, nowMs = monotonicMs): Passwords {
  const commonest = new Set(common.passwords.split(' '));
  const limit = pLimit(limits.atOnce);
  const hasher: Hasher = {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      const options = { ...effort, hashLength: TAG_BYTES, salt, raw: true as const };
      return writePhc(effort, salt, await argon2Hash(password, options));
    },
    async verify(password, hash) {
      effortOf(hash);
      return argon2Verify(hash, password);
    },
  };
  return {
    async inTurn(work) {
      const waiting = limit.pendingCount;
      if (waiting >= limits.mostWaiting)
        throw new PasswordsBusy(Math.ceil((waiting * TURN_MS) / limits.atOnce / 1000));
      const askedMs = nowMs();
      return limit(() => {
        const waitedMs = nowMs() - askedMs;
        // Refused without work, so that the requests behind it get their turn in time.
        if (waitedMs > limits.longestWaitMs) throw new PasswordsBusy(Math.ceil(waitedMs / 1000));
        return work(hasher);
      });
    },
    isOutdated(hash) {
      const { memoryCost, timeCost, parallelism } = effortOf(hash);
      return memoryCost < effort.memoryCost || timeCost < effort.timeCost || parallelism < effort.parallelism;
    },
    dummyHash: writePhc(effort, Buffer.alloc(SALT_BYTES), Buffer.alloc(TAG_BYTES)),
    isCommon: (folded) => commonest.has(folded),
  };
}
