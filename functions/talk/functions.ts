import * as contract from '#contract/talk.ts';
import type { FunctionDeclaration } from '../declaration.ts';

/** Reads and writes the messages of trades, and keeps their pictures. It reads trades and changes none. */
export const talk: FunctionDeclaration = {
  handler: 'functions/talk/handler.handler',
  serves: [contract],
  may: {
    TalkTable: ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'],
    PicturesBucket: ['GetObject', 'PutObject', 'DeleteObject'],
    TradesTable: ['GetItem'],
    LiveQueue: ['SendMessage'],
    SessionsTable: ['GetItem'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
};

/** Erases the talk of trades that ended 30 days ago, and uploads that no message has. */
export const eraseTalks: FunctionDeclaration = {
  handler: 'functions/talk/erase.handler',
  runsOn: 'every minute',
  timeoutSeconds: 50,
  may: {
    TalkTable: ['BatchGetItem', 'UpdateItem', 'DeleteItem', 'Query'],
    PicturesBucket: ['DeleteObject'],
    'TalkTable/index/by-check': ['Query'],
    TradesTable: ['GetItem'],
  },
};
