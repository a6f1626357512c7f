import { documentClient } from '#adapters/dynamodb/client.ts';
import { liveSessions } from '#adapters/dynamodb/live-sessions.ts';
import { systemClock } from '#adapters/system/clock.ts';
import { ulids } from '#adapters/system/ids.ts';
import { accessTokens } from '#adapters/tokens/access-tokens.ts';
import type { Config } from './config.ts';
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

export function httpDependencies(config: Config<(typeof HTTP_SETTINGS)[number]>): HttpDependencies {
  const sessions = liveSessions(client, config.SESSIONS_TABLE, clock);
  return {
    authenticate: authenticator(accessTokens({ publicKey: config.ACCESS_TOKEN_PUBLIC_KEY }, clock), sessions),
    cursors: cursors(config.CURSOR_KEY),
    clientAddress: clientAddresses(config.EDGE_KEY),
    clock,
  };
}
