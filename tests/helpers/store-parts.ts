import type { StoreParts } from '#adapters/dynamodb/outbox.ts';

/** Stores whose events stay in the outbox, and that fail at a row that they cannot read. */
export const storeParts = (eventsTable: string): StoreParts => ({
  events: { table: eventsTable, requestId: () => 'none', deliver: async () => {} },
  log: {
    error(message, ids) {
      throw new Error(`${message}: ${JSON.stringify(ids)}`, { cause: ids.error });
    },
    info() {},
    warn() {},
  },
});
