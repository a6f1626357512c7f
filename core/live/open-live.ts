import type { Caller } from '../caller.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { type Instant, later } from '../time.ts';
import { LIVE_SLOTS, TICKET_MS } from './limits.ts';
import type { TicketPorts } from './ports.ts';
import { writeTicket } from './tickets.ts';

/** How many slots are tried, because other tabs may take the free ones at the same time. */
const TRIES = 5;

/**
 * Gives the caller a ticket for one WebSocket. The ticket takes a slot of the account, and the connection keeps it, so
 * that the number of both has one limit, which simultaneous calls cannot pass.
 *
 * @param liveUrl the address of the WebSocket API, without query
 */
export const openLive =
  ({ connections, secrets, clock, liveUrl }: TicketPorts & { liveUrl: string }) =>
  async (_input: unknown, { accountId }: Caller): Promise<{ url: string; expiresAt: Instant } | Refusal> => {
    const now = clock.now();
    const taken = new Set(await connections.taken(accountId, now));
    const free = Array.from({ length: LIVE_SLOTS }, (_, slot) => slot).filter((slot) => !taken.has(slot));
    const secret = secrets.token();
    const ticket = { digest: secrets.digest(secret), expiresAt: later(now, TICKET_MS) };
    for (const slot of free.slice(0, TRIES)) {
      if (!(await connections.reserve({ accountId, slot }, ticket, now))) continue;
      const url = `${liveUrl}?ticket=${writeTicket({ accountId, slot, secret })}`;
      return { url, expiresAt: ticket.expiresAt };
    }
    return refusal('too_many_open');
  };
