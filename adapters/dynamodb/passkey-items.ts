import type { Passkey, PasskeyChallenge, PasskeyUse } from '#core/accounts/passkeys.ts';
import type { AccountId } from '#core/ids.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { passkeyChallengeKey } from './keys.ts';
import { ttlSeconds } from './ttl.ts';

const USES = ['register', 'second_factor', 'step_up', 'sign_in'] as const satisfies readonly PasskeyUse[];

export const challengeItem = ({ id, expiresAt, use }: PasskeyChallenge): Item => ({
  ...passkeyChallengeKey(id),
  id,
  ...use,
  expiresAt,
  expiresAtSeconds: ttlSeconds(expiresAt),
});

export function toChallenge(item: Item): PasskeyChallenge {
  const read = readerOf(item);
  return { id: read.text('id'), expiresAt: read.integer('expiresAt'), use: toUse(item) };
}

function toUse(item: Item): PasskeyChallenge['use'] {
  const read = readerOf(item);
  const kind = read.oneOf('kind', USES);
  if (kind === 'sign_in') return { kind };
  const accountId = read.text<AccountId>('accountId');
  if (kind !== 'register') return { kind, accountId };
  return { kind, accountId, credentialsVersion: read.integer('credentialsVersion') };
}

export function toPasskey(item: Item): Passkey {
  const read = readerOf(item);
  return {
    id: read.text('id'),
    accountId: read.text('accountId'),
    name: read.text('name'),
    credentialId: read.text('credentialId'),
    publicKey: read.text('publicKey'),
    signCount: read.integer('signCount'),
    transports: read.texts('transports'),
    createdAt: read.integer('createdAt'),
    lastUsedAt: read.optional('lastUsedAt', read.integer<Instant>),
  };
}
