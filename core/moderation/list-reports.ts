import type { PageRequest } from '../paging.ts';
import type { ReportPorts } from './ports.ts';
import { queueViews } from './views.ts';

/** The moderators' queue, newest first: entries that are not closed, or the closed ones. */
export const listReports =
  (ports: Pick<ReportPorts, 'moderation' | 'people' | 'talks' | 'pictures' | 'reputation' | 'clock'>) =>
  async ({ state = 'open', page }: { state?: 'open' | 'closed'; page: PageRequest }) => {
    const { items, next } = await ports.moderation.queue(state === 'closed', page);
    return { items: await queueViews(ports, items), ...(next && { next }) };
  };
