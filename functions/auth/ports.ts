import { dynamoAccounts } from '#adapters/dynamodb/accounts.ts';
import { dynamoMailTokens } from '#adapters/dynamodb/mail-tokens.ts';
import { dynamoNotices } from '#adapters/dynamodb/notices.ts';
import { dynamoSessions } from '#adapters/dynamodb/sessions.ts';
import { dynamoChallenges } from '#adapters/dynamodb/sessions-challenges.ts';
import { dynamoBuckets, dynamoKnownPlaces } from '#adapters/dynamodb/sessions-throttle.ts';
import { argon2id } from '#adapters/passwords/argon2id.ts';
import { randomSecrets } from '#adapters/secrets/random-secrets.ts';
import { accessTokens } from '#adapters/tokens/access-tokens.ts';
import type { AccountPorts } from '#core/accounts/ports.ts';
import { signInThrottle, unlimited } from '#core/accounts/throttle.ts';
import { client, clock, ids, rereadKey } from '../composition.ts';
import { type Config, throttleIsOn } from '../config.ts';
import { log } from '../log.ts';
import { mailQueue } from '../mail-queue.ts';
import { SECOND_FACTOR_SETTINGS, secondFactorPorts } from '../second-factor.ts';
import { EVENT_SETTINGS, storeParts } from '../store-parts.ts';

/** Settings of the auth function. */
export const ACCOUNT_SETTINGS = [
  'ACCOUNTS_TABLE',
  'PEOPLE_TABLE',
  'SESSIONS_TABLE',
  ...EVENT_SETTINGS,
  'ACCESS_TOKEN_PUBLIC_KEY',
  'ACCESS_TOKEN_PRIVATE_KEY',
  ...SECOND_FACTOR_SETTINGS,
] as const;

/** The ports of the use cases of accounts. Only this function has the key that signs access tokens. */
export function accountPorts(config: Config<(typeof ACCOUNT_SETTINGS)[number]>): AccountPorts {
  const tables = {
    accounts: config.ACCOUNTS_TABLE,
    people: config.PEOPLE_TABLE,
    secondFactors: config.SECOND_FACTORS_TABLE,
    sessions: config.SESSIONS_TABLE,
  };
  const parts = storeParts(config);
  const buckets = throttleIsOn() ? dynamoBuckets(client, config.SESSIONS_TABLE) : unlimited;
  const throttle = signInThrottle({
    buckets,
    knownPlaces: dynamoKnownPlaces(client, config.SESSIONS_TABLE),
    secrets: randomSecrets,
    clock,
  });
  return {
    ...secondFactorPorts(config),
    accounts: dynamoAccounts(client, tables, parts.events),
    sessions: dynamoSessions(client, config.SESSIONS_TABLE, parts),
    notices: dynamoNotices(client, config.NOTICES_TABLE, log),
    mailQueue: mailQueue(config),
    mailTokens: dynamoMailTokens(client, config.SESSIONS_TABLE),
    mailBuckets: buckets,
    challenges: dynamoChallenges(client, config.SESSIONS_TABLE),
    passwords: argon2id(),
    accessTokens: accessTokens(
      {
        publicKeys: rereadKey(config, 'ACCESS_TOKEN_PUBLIC_KEY'),
        privateKey: rereadKey(config, 'ACCESS_TOKEN_PRIVATE_KEY'),
      },
      clock,
    ),
    throttle,
    ids,
  };
}
