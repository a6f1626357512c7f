import type { Buckets, KnownPlaces } from '#core/accounts/ports.ts';
import type { Instant } from '#core/time.ts';

export function memoryBuckets(): Buckets {
  const fullAt = new Map<string, number>();
  return {
    async take([key, { burst, everyMs }], now) {
      const next = Math.max(fullAt.get(key) ?? 0, now) + everyMs;
      const waitMs = next - now - burst * everyMs;
      if (waitMs > 0) return waitMs;
      fullAt.set(key, next);
      return 0;
    },
    async giveBack([key, { everyMs }]) {
      const full = fullAt.get(key);
      if (full !== undefined) fullAt.set(key, full - everyMs);
    },
  };
}

export function memoryKnownPlaces(): KnownPlaces {
  const until = new Map<string, Instant>();
  return {
    has: async (place, now) => (until.get(place) ?? 0) > now,
    async add(place, end) {
      until.set(place, end);
    },
    async ofName(nameDigest, { after, limit }) {
      const own = [...until]
        .map(([key, end]) => ({ key, until: end }))
        .filter(({ key }) => key.startsWith(`${nameDigest}#`) && (!after || key > after.after!))
        .sort((a, b) => (a.key < b.key ? -1 : 1));
      const items = own.slice(0, limit);
      return own.length > limit ? { items, next: { after: items.at(-1)!.key } } : { items };
    },
    async remove(key) {
      until.delete(key);
    },
  };
}
