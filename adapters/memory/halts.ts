import { type Halts, NO_HALTS } from '#core/halts/halts.ts';
import type { HaltRows } from '#core/halts/ports.ts';

/** `change` is for the fake of moderation, and `now` for the fake of trades. */
export type MemoryHalts = HaltRows & { now(): Halts; change(next: Halts): 'changed_since' | undefined };

export function memoryHalts(): MemoryHalts {
  let halts = NO_HALTS;
  return {
    read: async () => halts,
    now: () => halts,
    change(next) {
      if (halts.version !== next.version - 1) return 'changed_since';
      halts = next;
      return undefined;
    },
  };
}
