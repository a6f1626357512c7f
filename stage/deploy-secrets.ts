import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';

const key32 = z
  .string()
  .refine((text) => Buffer.from(text, 'base64').length === 32, 'must be 32 bytes in base64');
/** wallet-rpc's settings hold user and password in one line, separated by a colon. */
const word = z.string().regex(/^[\x21-\x7e]+$/, 'must be ASCII without blanks');

const jwk = (kind: 'public' | 'private') =>
  z.string().refine((text) => keyIn(text, kind), `must be an Ed25519 ${kind} key as a JSON Web Key`);

/** The format of each secret that a deploy, production mode and the sandbox need. */
export const DeploySecrets = z
  .object({
    ACCESS_TOKEN_PRIVATE_KEY: jwk('private'),
    ACCESS_TOKEN_PUBLIC_KEY: jwk('public'),
    /** Encrypts the secrets of second factors. */
    TOTP_KEY: key32,
    CURSOR_KEY: key32,
    /** Proves to the functions that a request comes through the site's server or CloudFront. */
    EDGE_KEY: z.string().regex(/^[\x21-\x7e]{32,}$/, 'must be 32 or more characters of ASCII without blanks'),
    MONERO_WALLET_RPC_USER: word.refine((user) => !user.includes(':'), 'must have no colon'),
    MONERO_WALLET_RPC_PASSWORD: word,
    HOUSE_WALLET_PASSWORD: word,
  })
  .refine(isPair, { path: ['ACCESS_TOKEN_PUBLIC_KEY'], error: 'must belong to ACCESS_TOKEN_PRIVATE_KEY' });

export type DeploySecrets = z.infer<typeof DeploySecrets>;

/** New random secrets. */
export function newDeploySecrets(): DeploySecrets {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    ACCESS_TOKEN_PRIVATE_KEY: JSON.stringify(privateKey.export({ format: 'jwk' })),
    ACCESS_TOKEN_PUBLIC_KEY: JSON.stringify(publicKey.export({ format: 'jwk' })),
    TOTP_KEY: randomBytes(32).toString('base64'),
    CURSOR_KEY: randomBytes(32).toString('base64'),
    EDGE_KEY: newEdgeKey(),
    MONERO_WALLET_RPC_USER: 'pupero',
    MONERO_WALLET_RPC_PASSWORD: randomBytes(24).toString('hex'),
    HOUSE_WALLET_PASSWORD: randomBytes(24).toString('hex'),
  };
}

export const newEdgeKey = () => randomBytes(32).toString('base64url');

function keyIn(text: string, kind: 'public' | 'private') {
  try {
    const key = JSON.parse(text);
    const read = (kind === 'private' ? createPrivateKey : createPublicKey)({ key, format: 'jwk' });
    return read.asymmetricKeyType === 'ed25519' ? read : undefined;
  } catch {
    return undefined;
  }
}

type Pair = { ACCESS_TOKEN_PRIVATE_KEY: string; ACCESS_TOKEN_PUBLIC_KEY: string };

function isPair(pair: Pair): boolean {
  const own = keyIn(pair.ACCESS_TOKEN_PRIVATE_KEY, 'private');
  const given = keyIn(pair.ACCESS_TOKEN_PUBLIC_KEY, 'public');
  return !own || !given || createPublicKey(own).equals(given);
}
