import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../time.ts';

/** Upper bound of an account's connections and unused tickets together. Each tab of the site has one connection. */
export const LIVE_SLOTS = 20;
/** Lifetime of a ticket, in which the client must connect. */
export const TICKET_MS = 30 * SECOND_MS;
/** API Gateway closes a WebSocket after two hours. The rest is slack, so that a slot is not reused too early. */
export const CONNECTION_MS = 2 * HOUR_MS + 5 * MINUTE_MS;
/** API Gateway answers 410 for a connection that is still being opened, so younger connections are kept. */
export const OPENING_MS = 10 * SECOND_MS;
/** Shortest time between two hints about the market. */
export const MARKET_HINT_EVERY_MS = SECOND_MS;
/** Upper bound of hints in one message of the queue, because SQS takes 256 KB at most. */
export const HINTS_IN_JOB = 100;
