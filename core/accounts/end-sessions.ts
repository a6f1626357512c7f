import type { AccountId, SessionId } from '../ids.ts';
import { forEachInPages } from '../paging.ts';
import type { Sessions } from './ports.ts';
import { callerOf } from './sessions.ts';

/** Ends the sessions of an account one by one, so that their access tokens stop at once. `except` continues. */
export const endSessions = (
  { sessions }: { sessions: Pick<Sessions, 'ofAccount' | 'end'> },
  accountId: AccountId,
  except?: SessionId,
): Promise<void> =>
  forEachInPages(
    (page) => sessions.ofAccount(accountId, page),
    async (session) => {
      if (session.id !== except) await sessions.end(callerOf(session));
    },
  );
