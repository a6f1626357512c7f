import type { Disputes } from '#core/disputes/ports.ts';
import { hasEnded } from '#core/trades/states.ts';
import { type MemoryModeration, pageOf } from './moderation.ts';
import type { MemoryTrades } from './trades.ts';

type Others = { trades: MemoryTrades; moderation: MemoryModeration };

export function memoryDisputes({ trades, moderation }: Others): Disputes {
  return {
    async list(isOpen, page) {
      const disputed = trades.all().filter(({ dispute, state }) => dispute && hasEnded(state) !== isOpen);
      const newest = disputed.sort(
        (a, b) => b.dispute!.openedAt - a.dispute!.openedAt || (a.id < b.id ? 1 : -1),
      );
      return pageOf(newest, ({ id }) => id, page);
    },
    async resolve(advanced, entry, proof) {
      const refused = await trades.save(advanced, proof);
      if (!refused) moderation.record(entry);
      return refused;
    },
  };
}
