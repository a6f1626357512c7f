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

/** A place in an account for a ticket, and then for the connection that it opens. */
export type Slot = Pick<Connection, 'accountId' | 'slot'>;

export type ConnectionPage = { items: Connection[]; next?: string };

/** The tickets and connections of accounts. Each account has LIVE_SLOTS slots. */
export interface Connections {
  /** The slots that have an unused ticket or a connection. Strongly consistent. */
  taken(accountId: AccountId, now: Instant): Promise<number[]>;
  /** Puts a ticket into a free slot. @returns whether the slot was free */
  reserve(slot: Slot, ticket: { digest: string; expiresAt: Instant }, now: Instant): Promise<boolean>;
  /** Replaces a ticket by its connection. @returns false if the ticket is used, expired or unknown */
  open(connection: Connection, ticket: { digest: string; expiresAt: Instant }): Promise<boolean>;
  /** Strongly consistent. */
  ofAccount(accountId: AccountId, now: Instant): Promise<Connection[]>;
  /** All connections, a page at a time. One that was opened just now may be missing. */
  page(now: Instant, after?: string): Promise<ConnectionPage>;
  /** `undefined` also for a connection that was opened just now. */
  find(connectionId: string): Promise<Connection | undefined>;
  /** Frees the slot, unless another ticket or connection has it. */
  close(connection: Connection): Promise<void>;
}

/** When hints about the market were sent. */
export interface MarketHints {
  /**
   * Asks whether a hint about the market may be sent now. `later`: the last one is too recent, and the caller must ask
   * again after `everyMs`. `never`: another caller asks again for both.
   */
  claim(now: Instant, everyMs: number): Promise<'now' | 'later' | 'never'>;
}

/** Sends frames to connections. */
export interface HintSender {
  /** @returns 'gone' if there is no such connection */
  post(connectionId: string, hint: Hint): Promise<'gone' | undefined>;
}

/** The queue of hints. A hint may be lost, so `send` never throws. */
export interface HintQueue {
  /** @param delayMs whole seconds; 0 by default */
  send(job: HintJob, delayMs?: number): Promise<void>;
}

export type TicketPorts = {
  connections: Connections;
  secrets: { token(): string; digest(secret: string): string };
  clock: Clock;
};
