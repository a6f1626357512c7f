import { documentClient } from '#adapters/dynamodb/client.ts';
import { liveSessions } from '#adapters/dynamodb/live-sessions.ts';
import { type Reread, reread } from '#adapters/secrets/reread.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { ulids } from '#adapters/system/ids.ts';
import { accessTokens } from '#adapters/tokens/access-tokens.ts';
import { type Config, readConfig } from './config.ts';
import { authenticator } from './http/authenticate.ts';
import { clientAddresses } from './http/client-address.ts';
import { cursors } from './http/cursor.ts';
import type { HttpDependencies } from './http/http-api.ts';

/** One store client for each process, because it keeps its connections. */
export const client = documentClient();
export const clock = systemClock;
export const ids = ulids(clock);

/** Settings of every HTTP function: they authenticate callers, sign cursors and authenticate the front. */
export const HTTP_SETTINGS = ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'SESSIONS_TABLE', 'EDGE_KEY'] as const;

type KeyName = 'ACCESS_TOKEN_PUBLIC_KEY' | 'ACCESS_TOKEN_PRIVATE_KEY';

/** A key of access tokens, which the function reads again, because keys are rotated while it runs. */
export const rereadKey = <Name extends KeyName>(
  config: Config<Name>,
  name: Name,
): Reread<Config<Name>[Name]> => reread(config[name], async () => (await readConfig([name]))[name], clock);

export function httpDependencies(config: Config<(typeof HTTP_SETTINGS)[number]>): HttpDependencies {
  const publicKeys = rereadKey(config, 'ACCESS_TOKEN_PUBLIC_KEY');
  const sessions = liveSessions(client, config.SESSIONS_TABLE, clock);
  return {
    authenticate: authenticator(accessTokens({ publicKeys }, clock), sessions),
    cursors: cursors(config.CURSOR_KEY),
    clientAddress: clientAddresses(config.EDGE_KEY),
    clock,
  };
}
