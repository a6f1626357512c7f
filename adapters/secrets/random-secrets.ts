import { createHash, randomBytes } from 'node:crypto';
import { base32nopad } from '@scure/base';
import type { Secrets } from '#core/accounts/ports.ts';

const TOKEN_BYTES = 32;
const RECOVERY_BYTES = 10;

/** Secrets of the operating system's random generator. */
export const randomSecrets: Secrets = {
  token: () => randomBytes(TOKEN_BYTES).toString('base64url'),
  recoveryCode: () => base32nopad.encode(randomBytes(RECOVERY_BYTES)).toLowerCase().match(/.{4}/g)!.join('-'),
  digest: (secret) => createHash('sha256').update(secret).digest('base64url'),
};
