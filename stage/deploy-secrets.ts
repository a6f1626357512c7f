import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { ed25519Key, KEY_FORMATS, publicKeysIn } from '#adapters/secrets/formats.ts';

/** The text of a key that the functions will accept. It stays text, because a deploy only stores it. */
const textOf = (name: keyof typeof KEY_FORMATS) =>
  z.string().superRefine((text, context) => {
    for (const { message } of KEY_FORMATS[name].safeParse(text).error?.issues ?? [])
      context.addIssue({ code: 'custom', message });
  });

/** wallet-rpc's settings hold user and password in one line, separated by a colon. */
const word = z.string().regex(/^[\x21-\x7e]+$/, 'must be ASCII without blanks');

/** The format of each secret that a deploy, production mode and the sandbox need. */
export const DeploySecrets = z
  .object({
    ACCESS_TOKEN_PRIVATE_KEY: textOf('ACCESS_TOKEN_PRIVATE_KEY'),
    ACCESS_TOKEN_PUBLIC_KEY: textOf('ACCESS_TOKEN_PUBLIC_KEY'),
    TOTP_KEY: textOf('TOTP_KEY'),
    PAYMENT_DETAILS_KEY: textOf('PAYMENT_DETAILS_KEY'),
    CURSOR_KEY: textOf('CURSOR_KEY'),
    EDGE_KEY: textOf('EDGE_KEY'),
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
    PAYMENT_DETAILS_KEY: newPaymentDetailsKey(),
    CURSOR_KEY: randomBytes(32).toString('base64'),
    EDGE_KEY: newEdgeKey(),
    MONERO_WALLET_RPC_USER: 'pupero',
    MONERO_WALLET_RPC_PASSWORD: randomBytes(24).toString('hex'),
    HOUSE_WALLET_PASSWORD: randomBytes(24).toString('hex'),
  };
}

export const newPaymentDetailsKey = () => randomBytes(32).toString('base64');

export const newEdgeKey = () => randomBytes(32).toString('base64url');

type Pair = { ACCESS_TOKEN_PRIVATE_KEY: string; ACCESS_TOKEN_PUBLIC_KEY: string };

function isPair(pair: Pair): boolean {
  const own = ed25519Key(pair.ACCESS_TOKEN_PRIVATE_KEY, 'private');
  const given = publicKeysIn(pair.ACCESS_TOKEN_PUBLIC_KEY);
  if (!own || !given) return true;
  const { x } = createPublicKey(own).export({ format: 'jwk' });
  return given.some((key) => key.x === x);
}
