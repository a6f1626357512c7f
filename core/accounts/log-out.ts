import type { Anyone } from '../caller.ts';
import type { RefreshCall } from './calls.ts';
import type { AccountPorts } from './ports.ts';
import { readRefreshToken, sessionOf } from './refresh-tokens.ts';
import { callerOf } from './sessions.ts';

/** Ends the session of a refresh token. An unknown token is no error. */
export const logOut =
  (ports: AccountPorts) =>
  async (_input: unknown, _caller: Anyone, { refreshToken }: RefreshCall): Promise<undefined> => {
    const token = readRefreshToken(refreshToken);
    const session = token && (await sessionOf(ports, token));
    if (session) await ports.sessions.end(callerOf(session));
  };
