import type { Connection, Connections, MarketHints, Slot } from '#core/live/ports.ts';
import type { Instant } from '#core/time.ts';

type Row = Slot & { expiresAt: Instant } & (
    | { digest: string }
    | Pick<Connection, 'connectionId' | 'openedAt'>
  );

const PAGE = 100;

/** Tickets and connections in memory. */
export function memoryConnections(): Connections {
  const slots = new Map<string, Row>();
  const keyOf = ({ accountId, slot }: Slot) => `${accountId} ${slot}`;
  const valid = (now: Instant) => [...slots.values()].filter(({ expiresAt }) => expiresAt > now);
  const toConnection = (row: Row): Connection[] =>
    'connectionId' in row
      ? [
          {
            accountId: row.accountId,
            slot: row.slot,
            connectionId: row.connectionId,
            openedAt: row.openedAt,
          },
        ]
      : [];
  const all = (now: Instant) => valid(now).flatMap(toConnection);
  return {
    async taken(accountId, now) {
      return valid(now)
        .filter((row) => row.accountId === accountId)
        .map(({ slot }) => slot);
    },
    async reserve(slot, ticket, now) {
      const known = slots.get(keyOf(slot));
      if (known && known.expiresAt > now) return false;
      slots.set(keyOf(slot), { ...slot, ...ticket });
      return true;
    },
    async open(connection, { digest, expiresAt }) {
      const known = slots.get(keyOf(connection));
      const isValid = known && 'digest' in known && known.digest === digest;
      if (!isValid || known.expiresAt <= connection.openedAt) return false;
      slots.set(keyOf(connection), { ...connection, expiresAt });
      return true;
    },
    ofAccount: async (accountId, now) => all(now).filter((one) => one.accountId === accountId),
    async page(now, after = '') {
      const sorted = all(now).sort((a, b) => (a.connectionId < b.connectionId ? -1 : 1));
      const rest = sorted.filter(({ connectionId }) => connectionId > after);
      const items = rest.slice(0, PAGE);
      return { items, ...(rest.length > PAGE && { next: items.at(-1)!.connectionId }) };
    },
    async find(connectionId) {
      return [...slots.values()].flatMap(toConnection).find((one) => one.connectionId === connectionId);
    },
    async close(connection) {
      const known = slots.get(keyOf(connection));
      if (known && 'connectionId' in known && known.connectionId === connection.connectionId)
        slots.delete(keyOf(connection));
    },
  };
}

/** The times of the last hint about the market, and of the one that is queued. */
export function memoryMarketHints(): MarketHints {
  const market = { sentAt: -Infinity, nextAt: -Infinity };
  return {
    async claim(now, everyMs) {
      if (market.sentAt <= now - everyMs) {
        market.sentAt = now;
        return 'now';
      }
      if (market.nextAt > now + everyMs / 2) return 'never';
      market.nextAt = now + everyMs;
      return 'later';
    },
  };
}
