import type { Caller } from '../caller.ts';
import type { AccountPorts } from './ports.ts';
import { accountView } from './views.ts';

/** The caller's own account. */
export const getMe =
  ({ accounts, factors, notices, clock }: AccountPorts) =>
  async (_input: unknown, { accountId }: Caller) => {
    const [account, factor, unreadNotices] = await Promise.all([
      accounts.get(accountId),
      factors.get(accountId),
      notices.unread(accountId),
    ]);
    if (!account) throw new Error(`account ${accountId} has a session, but is not there`);
    return accountView(account, { factor, unreadNotices, now: clock.now() });
  };
