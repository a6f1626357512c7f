import type { Caller } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import type { AccountPorts } from './ports.ts';
import { isLive } from './sessions.ts';
import { sessionView } from './views.ts';

/** The live sessions of the caller's account, newest first. A page may be short, because expired ones are left out. */
export const listSessions =
  ({ sessions, clock }: Pick<AccountPorts, 'sessions' | 'clock'>) =>
  async ({ page }: { page: PageRequest }, { accountId, sessionId }: Caller) => {
    const { items, next } = await sessions.ofAccount(accountId, page);
    const live = items.filter((session) => isLive(session, clock.now()));
    return { items: live.map((session) => sessionView(session, sessionId)), ...(next && { next }) };
  };
