import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import type { Passwords } from '#core/accounts/ports.ts';
import common from './common-passwords.json' with { type: 'json' };

/** OWASP Password Storage Cheat Sheet: Argon2id with 19 MiB of memory, 2 passes, 1 lane. */
const EFFORT = { memory: 19_456, passes: 2, parallelism: 1 };
const SALT_BYTES = 16;
const TAG_BYTES = 32;

const derive = promisify<'argon2id', Argon2Parameters, Buffer>(argon2);

type Effort = typeof EFFORT;
type Parts = Effort & { salt: Buffer; tag: Buffer };

/** Base64 without padding, as the PHC string format wants it. */
const unpadded = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

/** https://github.com/P-H-C/phc-string-format: the version of Argon2 is 1.3, written 19. */
const writePhc = ({ memory, passes, parallelism, salt, tag }: Parts) =>
  `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;

function readPhc(hash: string): Parts {
  const match = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash);
  if (!match) throw new Error('a stored password hash is no Argon2id PHC string');
  const [memory, passes, parallelism] = match.slice(1, 4).map(Number) as [number, number, number];
  const [salt, tag] = match.slice(4).map((text) => Buffer.from(text, 'base64')) as [Buffer, Buffer];
  return { memory, passes, parallelism, salt, tag };
}

const tagOf = (password: string, { memory, passes, parallelism }: Effort, salt: Buffer, tagLength: number) =>
  derive('argon2id', { message: password, nonce: salt, memory, passes, parallelism, tagLength });

/** Argon2id by Node itself. @param effort memory in KiB; other than OWASP's only to test that hashes grow with it */
export function argon2id(effort: Effort = EFFORT): Passwords {
  const commonest = new Set(common.passwords.split(' '));
  return {
    async hash(password) {
      const salt = randomBytes(SALT_BYTES);
      return writePhc({ ...effort, salt, tag: await tagOf(password, effort, salt, TAG_BYTES) });
    },
    async verify(password, hash) {
      const parts = readPhc(hash);
      return timingSafeEqual(await tagOf(password, parts, parts.salt, parts.tag.length), parts.tag);
    },
    isOutdated(hash) {
      const { memory, passes, parallelism } = readPhc(hash);
      return memory < effort.memory || passes < effort.passes || parallelism < effort.parallelism;
    },
    dummyHash: writePhc({ ...effort, salt: Buffer.alloc(SALT_BYTES), tag: Buffer.alloc(TAG_BYTES) }),
    isCommon: (folded) => commonest.has(folded),
  };
}
