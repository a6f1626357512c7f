import type { Caller } from '../caller.ts';
import type { SessionId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import type { AccountPorts } from './ports.ts';

/** Ends one session of the caller's account, which may be the caller's own. */
export const endSession =
  ({ sessions }: Pick<AccountPorts, 'sessions'>) =>
  async ({ sessionId }: { sessionId: SessionId }, { accountId }: Caller) => {
    const session = { accountId, sessionId };
    if (!(await sessions.get(session))) return refusal('not_found');
    await sessions.end(session);
    return undefined;
  };
