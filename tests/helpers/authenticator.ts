import { createHash, createSign, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { PasskeyOptions } from '#core/accounts/passkeys.ts';

const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const HAS_CREDENTIAL = 0x40;

const base64url = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest();

/** Faults of an answer: fields that differ from those of an honest browser and authenticator. */
export type Faults = {
  origin?: string;
  rpId?: string;
  signCount?: number;
  verifiesUser?: boolean;
  userHandle?: string;
};

const RESPONSE = { type: 'public-key' as const, clientExtensionResults: {} };

/** A passkey in software (ES256). It signs real answers, also wrong ones on request. */
export function authenticator(siteOrigin: string) {
  const credentialId = randomBytes(32);
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const id = base64url(credentialId);
  let signCount = 0;
  let userHandle = '';

  const clientData = (type: string, challenge: string, { origin = siteOrigin }: Faults) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }));
  function authenticatorData(flags: number, faults: Faults) {
    signCount += 1;
    const { rpId = new URL(siteOrigin).hostname, verifiesUser = true } = faults;
    const count = Buffer.alloc(4);
    count.writeUInt32BE(faults.signCount ?? signCount);
    const all = flags | USER_PRESENT | (verifiesUser ? USER_VERIFIED : 0);
    return Buffer.concat([sha256(rpId), Buffer.from([all]), count]);
  }

  return {
    /** The answer to the options of startPasskey. */
    register(options: PasskeyOptions, faults: Faults = {}) {
      userHandle = (options.user as { id: string }).id;
      const length = Buffer.alloc(2);
      length.writeUInt16BE(credentialId.length);
      const authData = Buffer.concat([
        authenticatorData(HAS_CREDENTIAL, faults),
        Buffer.alloc(16),
        length,
        credentialId,
        coseKey(publicKey),
      ]);
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', new Uint8Array(authData)],
      ]);
      return {
        ...RESPONSE,
        id,
        rawId: id,
        response: {
          clientDataJSON: base64url(clientData('webauthn.create', options.challenge, faults)),
          attestationObject: base64url(isoCBOR.encode(attestation as never)),
          transports: ['internal'],
        },
      };
    },
    /** The answer to a challenge. */
    answer({ challenge }: Pick<PasskeyOptions, 'challenge'>, faults: Faults = {}) {
      const client = clientData('webauthn.get', challenge, faults);
      const data = authenticatorData(0, faults);
      const signature = createSign('sha256')
        .update(Buffer.concat([data, sha256(client)]))
        .sign(privateKey);
      return {
        ...RESPONSE,
        id,
        rawId: id,
        response: {
          clientDataJSON: base64url(client),
          authenticatorData: base64url(data),
          signature: base64url(signature),
          userHandle: faults.userHandle ?? userHandle,
        },
      };
    },
  };
}

/** RFC 9053: kty EC2, alg ES256, curve P-256, and the coordinates. */
function coseKey(publicKey: KeyObject): Uint8Array {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const coordinate = (text: string) => new Uint8Array(Buffer.from(text, 'base64url'));
  const key = new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, coordinate(x)],
    [-3, coordinate(y)],
  ]);
  return isoCBOR.encode(key as never);
}
