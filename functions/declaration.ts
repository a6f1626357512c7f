import type { SECRETS } from './config.ts';

type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem'
  | 'ConditionCheckItem'
  | 'Query';
type PictureAction = 'GetObject' | 'PutObject' | 'DeleteObject';
type QueueAction = 'SendMessage' | 'ReceiveMessage' | 'DeleteMessage' | 'GetQueueAttributes';

/** Allowed actions by resource. Resources are the logical names of infra/; an index may only be queried. */
export type Grants = {
  [table: `${string}Table`]: readonly TableAction[];
  [index: `${string}Table/index/${string}`]: readonly ['Query'];
  /** Objects of the bucket. Whoever signs an address needs its permission. */
  PicturesBucket?: readonly PictureAction[];
  PayoutQueue?: readonly QueueAction[];
  MailQueue?: readonly QueueAction[];
  CoverQueue?: readonly QueueAction[];
  LiveQueue?: readonly QueueAction[];
  /** Connections of the WebSocket API. */
  WebsocketsApi?: readonly ['ManageConnections'];
};

/**
 * Grants of a function whose changes cause events: it stores them with their notices, queues their mails, their hints
 * and the accounts whose balance has changed, and removes them once they are delivered.
 */
export const EVENT_GRANTS: Grants = {
  EventsTable: ['PutItem', 'DeleteItem'],
  NoticesTable: ['PutItem'],
  MailQueue: ['SendMessage'],
  CoverQueue: ['SendMessage'],
  LiveQueue: ['SendMessage'],
};

/** Grants of a function that counts completed trades. It also reads trades and people. */
export const STANDING_GRANTS: Grants = { ReputationTable: ['GetItem', 'PutItem'] };

/** Where a function that needs prices has them from. */
export const PRICES = { PUPERO_PRICES: "${env:PUPERO_PRICES, ''}" } as const;

/**
 * One Lambda function: its code, its events, and everything that its role allows. infra/service.ts makes the function,
 * its role and the gateway's routes of it.
 */
export type FunctionDeclaration = {
  /** File and export, for the Serverless Framework. */
  handler: `functions/${string}.handler`;
  /** Contract modules. The gateway sends each of their operations to this function. */
  serves?: readonly object[];
  /** Whether the gateway sends requests here that fit no operation. */
  servesUnknownRoutes?: true;
  /** The event that runs a function that serves no requests. `connections`: a WebSocket is opened or closed. */
  runsOn?:
    | 'every minute'
    | 'every hour'
    | 'PayoutQueue'
    | 'MailQueue'
    | 'CoverQueue'
    | 'LiveQueue'
    | 'connections';
  /** In seconds; 29 by default, the gateway's own limit. */
  timeoutSeconds?: number;
  /** Whether it runs in the private network, from where node and wallet can be reached. */
  inNetwork?: true;
  may: Grants;
  /** Whether it may send mails through Amazon SES. */
  sendsMail?: true;
  /** Secrets in Parameter Store that it may read. */
  secrets?: readonly (typeof SECRETS)[number][];
  /** Tables whose names its code requires although its role may not use them. */
  unusedTables?: readonly `${string}Table`[];
  /** More environment variables. */
  environment?: Record<string, string>;
};
