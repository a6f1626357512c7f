import type { Caller } from '../caller.ts';
import type { PageRequest } from '../paging.ts';
import type { Moderation, ModerationPorts } from './ports.ts';
import { peopleOf, reportView } from './views.ts';

type Ports = { moderation: Pick<Moderation, 'reportsOf'>; people: ModerationPorts['people'] };

/** The caller's reports and appeals, newest first, with their decisions. */
export const listMyReports =
  ({ moderation, people }: Ports) =>
  async ({ page }: { page: PageRequest }, { accountId }: Caller) => {
    const { items, next } = await moderation.reportsOf(accountId, page);
    const known = await people.getMany(peopleOf(items));
    return { items: items.map((report) => reportView(report, known)), ...(next && { next }) };
  };
