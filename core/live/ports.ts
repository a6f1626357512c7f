import type { AccountId } from '../ids.ts';
import type { Clock, Instant } from '../time.ts';
import type { HintJob } from './hints.ts';
import type { Hint } from './kinds.ts';

/** An open WebSocket of an account. */
export type Connection = {
  accountId: AccountId;
  slot: number;
  connectionId: string;
  openedAt: Instant;
};

/** One of the LIVE_SLOTS places of an account, from 0 on, for a ticket and then for its connection. */
export type Slot = Pick<Connection, 'accountId' | 'slot'>;

export type ConnectionPage = { items: Connection[]; next?: string };

/** The tickets and connections of accounts. Each account has LIVE_SLOTS slots. */
export interface Connections {
  /** The slots that have an unused ticket or a connection. Strongly consistent. */
  taken(accountId: AccountId, now: Instant): Promise<number[]>;
  /** Puts a ticket into a free slot. @returns whether the slot was free */
  reserve(slot: Slot, ticket: { digest: string; expiresAt: Instant }, now: Instant): Promise<boolean>;
  /**
   * Replaces a ticket by its connection. `digest` is the ticket's, `expiresAt` the end of the connection.
   *
   * @returns false if the ticket is used, expired or unknown
   */
  open(connection: Connection, opening: { digest: string; expiresAt: Instant }): Promise<boolean>;
  /** The connections of an account. Strongly consistent. */
  ofAccount(accountId: AccountId, now: Instant): Promise<Connection[]>;
  /** All connections, a page at a time. One that was opened just now may be missing. */
  page(now: Instant, after?: string): Promise<ConnectionPage>;
  /** `undefined` also for a connection that was opened just now. */
  find(connectionId: string): Promise<Connection | undefined>;
  /** Frees the slot, unless another ticket or connection has it. */
  close(connection: Connection): Promise<void>;
}

/** Limits how often hints about the market are sent. */
export interface MarketHints {
  /**
   * Claims the right to send a hint about the market.
   *
   * @returns `now`: the caller sends it. `later`: the last one is too recent, and the caller claims again after
   *   `everyMs`. `never`: the last one is too recent, and another caller claims again
   */
  claim(now: Instant, everyMs: number): Promise<'now' | 'later' | 'never'>;
}

/** Sends frames to connections. */
export interface HintSender {
  /**
   * @returns `gone` if there is no such connection
   * @throws if the connection cannot be reached
   */
  post(connectionId: string, hint: Hint): Promise<'gone' | undefined>;
}

/** The queue of hints. `send` never throws, because a hint may be lost. */
export interface HintQueue {
  /** @param delayMs whole seconds; 0 by default */
  send(job: HintJob, delayMs?: number): Promise<void>;
}

export type TicketPorts = {
  connections: Connections;
  secrets: { token(): string; digest(secret: string): string };
  clock: Clock;
};
