import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const Secrets = z.strictObject({
  ACCESS_TOKEN_PRIVATE_KEY: z.string(),
  ACCESS_TOKEN_PUBLIC_KEY: z.string(),
  TOTP_KEY: z.string(),
  CURSOR_KEY: z.string(),
  MONERO_WALLET_RPC_USER: z.string(),
  MONERO_WALLET_RPC_PASSWORD: z.string(),
  HOUSE_WALLET_PASSWORD: z.string(),
  DEMO_PASSWORD_ALICE: z.string(),
  DEMO_PASSWORD_BOB: z.string(),
});

/** What only this sandbox knows; each is random and made once per data folder. */
export type Secrets = z.infer<typeof Secrets>;

/** The secrets in `file`, made at the first start, readable by their owner alone. */
export function secretsIn(file: string): Secrets {
  if (!existsSync(file)) {
    writeFileSync(file, `${JSON.stringify(newSecrets(), undefined, 2)}\n`, { mode: 0o600 });
  } else chmodSync(file, 0o600);
  const read = Secrets.safeParse(parsed(readFileSync(file, 'utf8')));
  if (!read.success) throw new Error(`${file} is damaged. Begin anew with "npm start -- --reset".`);
  return read.data;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function newSecrets(): Secrets {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    ACCESS_TOKEN_PRIVATE_KEY: JSON.stringify(privateKey.export({ format: 'jwk' })),
    ACCESS_TOKEN_PUBLIC_KEY: JSON.stringify(publicKey.export({ format: 'jwk' })),
    TOTP_KEY: randomBytes(32).toString('base64'),
    CURSOR_KEY: randomBytes(32).toString('base64'),
    MONERO_WALLET_RPC_USER: 'pupero',
    MONERO_WALLET_RPC_PASSWORD: randomBytes(24).toString('hex'),
    HOUSE_WALLET_PASSWORD: randomBytes(24).toString('hex'),
    DEMO_PASSWORD_ALICE: randomBytes(9).toString('base64url'),
    DEMO_PASSWORD_BOB: randomBytes(9).toString('base64url'),
  };
}
