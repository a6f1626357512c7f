import type { PageRequest } from '../paging.ts';
import type { ModerationPorts } from './ports.ts';
import { peopleOf, queueView } from './views.ts';

/** The moderators' queue, newest first: entries that are not closed, or the closed ones. */
export const listReports =
  ({ moderation, people }: Pick<ModerationPorts, 'moderation' | 'people'>) =>
  async ({ state = 'open', page }: { state?: 'open' | 'closed'; page: PageRequest }) => {
    const { items, next } = await moderation.queue(state === 'closed', page);
    const known = await people.getMany(peopleOf(items));
    return { items: items.map((report) => queueView(report, known)), ...(next && { next }) };
  };
