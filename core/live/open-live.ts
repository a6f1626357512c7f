import type { Caller } from '../caller.ts';
import { type Refusal, refusal } from '../refusal.ts';
import { type Instant, later } from '../time.ts';
import { LIVE_SLOTS, TICKET_MS } from './limits.ts';
import type { TicketPorts } from './ports.ts';
import { writeTicket } from './tickets.ts';

/** Upper bound of slots that one call tries, because simultaneous calls compete for the same ones. */
const TRIES = 10;

/**
 * Creates a ticket for one WebSocket of the caller. The ticket takes a slot of the account, and its connection keeps
 * the slot, so one limit covers both. `too_many_open` if no slot could be taken.
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
    // The tabs of a browser that starts ask at once, so each begins at another slot.
    const first = secret.charCodeAt(0) % (free.length || 1);
    for (const slot of [...free.slice(first), ...free.slice(0, first)].slice(0, TRIES)) {
      if (!(await connections.reserve({ accountId, slot }, ticket, now))) continue;
      const url = `${liveUrl}?ticket=${writeTicket({ accountId, slot, secret })}`;
      return { url, expiresAt: ticket.expiresAt };
    }
    return refusal('too_many_open');
  };
