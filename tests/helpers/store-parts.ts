import type { StoreParts } from '#adapters/dynamodb/outbox.ts';
import type { OwnTables } from './own-tables.ts';

/** Parts of a store under test. Events stay in the outbox, and a row that cannot be read fails the test. */
export const storeParts = ({ events, notices }: Pick<OwnTables, 'events' | 'notices'>): StoreParts => ({
  events: { table: events, noticesTable: notices, requestId: () => 'none', deliver: async () => {} },
  log: {
    error(message, ids) {
      throw new Error(`${message}: ${JSON.stringify(ids)}`, { cause: ids.error });
    },
    info() {},
    warn() {},
  },
});
