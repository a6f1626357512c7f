import { generateKeyPairSync } from 'node:crypto';
import { KEY_FORMATS, type PublicKey } from '#adapters/secrets/formats.ts';
import { REREAD_AT_MOST_EVERY_MS } from '#adapters/secrets/reread.ts';
import { keyIdOf, REPLACED_KEY_ACCEPTED_MS } from '#adapters/tokens/access-tokens.ts';
import { type Clock, SECOND_MS } from '#core/time.ts';

export type KeyName = 'ACCESS_TOKEN_PUBLIC_KEY' | 'ACCESS_TOKEN_PRIVATE_KEY';

/** The place of an installation's keys. Each call writes or reads one text. */
export interface KeyStore {
  /** @throws an Error if it is missing */
  read(name: KeyName): Promise<string>;
  write(name: KeyName, text: string): Promise<void>;
}

type Ports = { store: KeyStore; clock: Clock; wait: (ms: number) => Promise<void> };

/** Longer than any function ignores an unknown key id, so that each of them accepts the new key when it first signs. */
const PUBLISHED_BEFORE_MS = REREAD_AT_MOST_EVERY_MS + 5 * SECOND_MS;

/**
 * `signs`: it signs new tokens. `accepted`: its tokens are accepted until `until`. `endless`: a rotation did not
 * finish, so its tokens are accepted until the next rotation gives it an end.
 */
export type ListedKey = { keyId: string; state: 'signs' | 'accepted' | 'endless'; until?: string };

/** The public keys of an installation, in the order in which they were published. */
export async function listKeys({ store }: Pick<Ports, 'store'>): Promise<ListedKey[]> {
  const { keys, signer } = await stored(store);
  return Promise.all(
    keys.map(async (key) => {
      const { acceptedUntil } = key;
      const keyId = await keyIdOf(key);
      if (key.x === signer) return { keyId, state: 'signs' as const };
      return acceptedUntil === undefined
        ? { keyId, state: 'endless' as const }
        : { keyId, state: 'accepted' as const, until: acceptedUntil };
    }),
  );
}

/**
 * Replaces the key that signs access tokens, while the functions run. The new key is published first, and signs after
 * PUBLISHED_BEFORE_MS. The replaced key is accepted until its last tokens have expired.
 *
 * If the process dies, or a write fails, after
 *
 * 1. the new key is published: it signs nothing, and its private half is lost. The next rotation gives it an end.
 * 2. the new key signs: the replaced key has no end, so its tokens stay valid. The next rotation gives it an end.
 * 3. the replaced key has its end: the rotation is complete.
 *
 * So each stored state has the public half of the key that signs, and every rotation can start from it. Of two parallel
 * rotations, the later one may overwrite the key that the earlier one published. The earlier one then stops before its
 * key signs, or publishes it again.
 *
 * @returns the id of the key that signs now
 * @throws an Error if another rotation runs, or if the store cannot be read or written
 */
export async function rotateKeys({ store, clock, wait }: Ports): Promise<string> {
  const before = await stored(store);
  const { publicKey, privateKey } = newPair();
  const isKept = ({ acceptedUntil }: PublicKey) => !acceptedUntil || Date.parse(acceptedUntil) > clock.now();
  await writePublic(store, [...before.keys.filter(isKept), publicKey]);
  await wait(PUBLISHED_BEFORE_MS);
  const meanwhile = await stored(store);
  if (meanwhile.signer !== before.signer || !meanwhile.keys.some(({ x }) => x === publicKey.x))
    throw new Error('Another rotation runs at the same time. This one changed nothing; run it again later.');
  await store.write('ACCESS_TOKEN_PRIVATE_KEY', JSON.stringify(privateKey));
  const { keys } = await stored(store);
  const acceptedUntil = new Date(clock.now() + REPLACED_KEY_ACCEPTED_MS).toISOString();
  const others = keys.filter(({ x }) => x !== publicKey.x);
  await writePublic(store, [...others.map((key) => ({ acceptedUntil, ...key })), publicKey]);
  return keyIdOf(publicKey);
}

async function stored(store: KeyStore): Promise<{ keys: PublicKey[]; signer: string }> {
  const keys = KEY_FORMATS.ACCESS_TOKEN_PUBLIC_KEY.safeParse(await store.read('ACCESS_TOKEN_PUBLIC_KEY'));
  const signer = KEY_FORMATS.ACCESS_TOKEN_PRIVATE_KEY.safeParse(await store.read('ACCESS_TOKEN_PRIVATE_KEY'));
  if (!keys.success || !signer.success)
    throw new Error('The stored keys of access tokens are malformed, so nothing was changed.');
  return { keys: keys.data, signer: signer.data.x };
}

const writePublic = (store: KeyStore, keys: PublicKey[]) =>
  store.write('ACCESS_TOKEN_PUBLIC_KEY', JSON.stringify({ keys }));

function newPair() {
  const pair = generateKeyPairSync('ed25519');
  return {
    publicKey: pair.publicKey.export({ format: 'jwk' }) as PublicKey,
    privateKey: pair.privateKey.export({ format: 'jwk' }),
  };
}
