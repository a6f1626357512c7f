import * as liveContract from '#contract/live.ts';
import * as notices from '#contract/notices.ts';
import type { FunctionDeclaration } from '../declaration.ts';

/** Lists notices, stores notice settings, and creates tickets for WebSockets. */
export const live: FunctionDeclaration = {
  handler: 'functions/live/handler.handler',
  serves: [notices, liveContract],
  may: {
    NoticesTable: ['GetItem', 'UpdateItem', 'DeleteItem', 'Query'],
    LiveTable: ['Query', 'PutItem'],
    SessionsTable: ['GetItem'],
  },
  secrets: ['ACCESS_TOKEN_PUBLIC_KEY', 'CURSOR_KEY', 'EDGE_KEY'],
  environment: { LIVE_URL: '${self:custom.liveUrl}' },
};

/** Admits WebSockets with a ticket, and removes those that are closed. */
export const connectLive: FunctionDeclaration = {
  handler: 'functions/live/connect.handler',
  runsOn: 'connections',
  may: {
    LiveTable: ['PutItem', 'DeleteItem'],
    'LiveTable/index/connected': ['Query'],
  },
};

/** Sends hints to WebSockets. */
export const sendHints: FunctionDeclaration = {
  handler: 'functions/live/send.handler',
  runsOn: 'LiveQueue',
  timeoutSeconds: 10,
  may: {
    LiveTable: ['Query', 'UpdateItem', 'DeleteItem'],
    'LiveTable/index/connected': ['Query'],
    // SendMessage, because a hint about the market that comes too early is queued again.
    LiveQueue: ['ReceiveMessage', 'DeleteMessage', 'GetQueueAttributes', 'SendMessage'],
    WebsocketsApi: ['ManageConnections'],
  },
};
