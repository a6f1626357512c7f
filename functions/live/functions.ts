import * as contract from '#contract/notices.ts';
import type { FunctionDeclaration } from '../declaration.ts';

/** Shows notices and keeps the choice of them. */
export const live: FunctionDeclaration = {
  handler: 'functions/live/handler.handler',
  serves: [contract],
  may: {
    NoticesTable: ['GetItem', 'UpdateItem', 'DeleteItem', 'Query'],
    SessionsTable: ['GetItem'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
};
