import type { Caller } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import type { ModerationPorts } from './ports.ts';
import { peopleOf, reportView } from './views.ts';

/** The caller's reports and appeals, newest first, with their decisions. */
export const listMyReports =
  ({ moderation, people }: Pick<ModerationPorts, 'moderation' | 'people'>) =>
  async ({ page }: { page: PageRequest }, { accountId }: Caller) => {
    const { items, next } = await moderation.reportsOf(accountId, page);
    const known = await people.getMany(peopleOf(items));
    return { items: items.map((report) => reportView(report, known)), ...(next && { next }) };
  };
