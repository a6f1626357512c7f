import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';

/** A JSON Web Key of Ed25519 (RFC 8037). */
export type Ed25519Jwk = { kty: 'OKP'; crv: string; x: string; d?: string };

/** A public key. Tokens that it signed are accepted until `acceptedUntil` (RFC 3339), or without an end. */
export type PublicKey = Ed25519Jwk & { acceptedUntil?: string };

/** The key in the text of a JSON Web Key; `undefined` if it is no Ed25519 key of that kind. */
export function ed25519Key(text: string, kind: 'public' | 'private'): KeyObject | undefined {
  try {
    const key = JSON.parse(text);
    const read = (kind === 'private' ? createPrivateKey : createPublicKey)({ key, format: 'jwk' });
    return read.asymmetricKeyType === 'ed25519' ? read : undefined;
  } catch {
    return undefined;
  }
}

const PublicKeys = z.object({
  keys: z.array(z.looseObject({ acceptedUntil: z.iso.datetime().optional() })).min(1),
});

/**
 * The keys in the text of a JSON Web Key Set, or the one in a JSON Web Key, which installations have until their first
 * rotation; `undefined` if it is neither, or one of them is no public Ed25519 key.
 */
export function publicKeysIn(text: string): PublicKey[] | undefined {
  if (ed25519Key(text, 'public')) return [JSON.parse(text)];
  const set = PublicKeys.safeParse(parsed(text)).data;
  const isValid = set?.keys.every((key) => !('d' in key) && ed25519Key(JSON.stringify(key), 'public'));
  return isValid ? (set?.keys as unknown as PublicKey[]) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const publicKeys = z.string().transform((text, context) => {
  const keys = publicKeysIn(text);
  if (keys) return keys;
  context.addIssue({
    code: 'custom',
    message: 'must be an Ed25519 public key as a JSON Web Key, or a set of them',
  });
  return z.NEVER;
});

const privateKey = z.string().transform((text, context) => {
  if (ed25519Key(text, 'private')) return JSON.parse(text) as Ed25519Jwk;
  context.addIssue({ code: 'custom', message: 'must be an Ed25519 private key as a JSON Web Key' });
  return z.NEVER;
});

const key32 = z
  .string()
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
  .refine((key) => key.length === 32, 'must be 32 bytes in base64');

/** Each key from its stored text to the value that the functions use. No message repeats the text. */
export const KEY_FORMATS = {
  /** All keys whose tokens are accepted. */
  ACCESS_TOKEN_PUBLIC_KEY: publicKeys,
  /** The key that signs. */
  ACCESS_TOKEN_PRIVATE_KEY: privateKey,
  /** Encrypts the secrets of second factors. */
  TOTP_KEY: key32,
  /** Encrypts the details of payment accounts. */
  PAYMENT_DETAILS_KEY: key32,
  CURSOR_KEY: key32,
  /**
   * Proves to the functions that a request comes through the site's server or CloudFront. An HTTP header carries it.
   */
  EDGE_KEY: z.string().regex(/^[\x21-\x7e]{32,}$/, 'must be 32 or more characters of ASCII without blanks'),
};
