import { eventId } from '#core/events/events.ts';
import type { Outbox } from '#core/events/ports.ts';
import type { MemoryBooks } from './books.ts';

/** The events of these books that are not delivered yet. */
export const memoryOutbox = ({ events }: Pick<MemoryBooks, 'events'>): Outbox => ({
  pending: async (before, limit) => ({
    items: events
      .filter(({ at }) => at < before)
      .sort((a, b) => a.at - b.at)
      .slice(0, limit),
    unreadable: [],
  }),
  async remove(event) {
    const index = events.findIndex((stored) => eventId(stored) === eventId(event));
    if (index >= 0) events.splice(index, 1);
  },
});
