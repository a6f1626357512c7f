import type { Caller } from '../caller.ts';
import { endSessions } from './end-sessions.ts';
import type { AccountPorts } from './ports.ts';

/** Ends all sessions of the caller's account except the caller's own. */
export const endOtherSessions =
  (ports: Pick<AccountPorts, 'sessions'>) =>
  async (_input: unknown, { accountId, sessionId }: Caller): Promise<undefined> => {
    await endSessions(ports, accountId, sessionId);
    return undefined;
  };
