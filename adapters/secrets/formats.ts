import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import * as z from 'zod';

/** A JSON Web Key of Ed25519 (RFC 8037). */
export type Ed25519Jwk = { kty: 'OKP'; crv: string; x: string; d?: string };

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

const jwk = (kind: 'public' | 'private') =>
  z.string().transform((text, context) => {
    if (ed25519Key(text, kind)) return JSON.parse(text) as Ed25519Jwk;
    context.addIssue({ code: 'custom', message: `must be an Ed25519 ${kind} key as a JSON Web Key` });
    return z.NEVER;
  });

const key32 = z
  .string()
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
  .refine((key) => key.length === 32, 'must be 32 bytes in base64');

/** Each key from its stored text to the value that the functions use. No message repeats the text. */
export const KEY_FORMATS = {
  ACCESS_TOKEN_PUBLIC_KEY: jwk('public'),
  ACCESS_TOKEN_PRIVATE_KEY: jwk('private'),
  /** Encrypts the secrets of second factors. */
  TOTP_KEY: key32,
  CURSOR_KEY: key32,
  /** Proves to the functions that a request comes through the site's server or CloudFront. An HTTP header carries it. */
  EDGE_KEY: z.string().regex(/^[\x21-\x7e]{32,}$/, 'must be 32 or more characters of ASCII without blanks'),
};
