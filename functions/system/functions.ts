import * as contract from '#contract/system.ts';
import type { FunctionDeclaration } from '../declaration.ts';

/** Answers health questions, the API's documentation, and unknown routes. Reads no rows except the heartbeat and the halts. */
export const system: FunctionDeclaration = {
  handler: 'functions/system/handler.handler',
  serves: [contract],
  servesUnknownRoutes: true,
  may: {
    PaymentsTable: ['GetItem'],
    HaltsTable: ['GetItem'],
    PayoutQueue: ['GetQueueAttributes'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
  // Every HTTP function requires it, but no operation here has a caller.
  unusedTables: ['SessionsTable'],
};
