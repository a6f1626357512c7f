import type { Caller } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import type { Notices } from './ports.ts';
import { noticeView } from './views.ts';

/** The notices of the caller, newest first. */
export const listNotices =
  ({ notices }: { notices: Pick<Notices, 'ofAccount' | 'readUpTo'> }) =>
  async ({ page }: { page: PageRequest }, { accountId }: Caller) => {
    const [{ items, next }, readUpTo] = await Promise.all([
      notices.ofAccount(accountId, page),
      notices.readUpTo(accountId),
    ]);
    return { items: items.map((notice) => noticeView(notice, readUpTo)), ...(next && { next }) };
  };
