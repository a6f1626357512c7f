import { later } from '../time.ts';
import { CONNECTION_MS } from './limits.ts';
import type { TicketPorts } from './ports.ts';
import { readTicket } from './tickets.ts';

type Attempt = { connectionId: string; ticket: string | undefined };

/**
 * Opens a connection with a ticket, which is used up.
 *
 * @returns false if the ticket is malformed, unknown, expired or used
 */
export const connect =
  ({ connections, secrets, clock }: TicketPorts) =>
  async ({ connectionId, ticket: text }: Attempt): Promise<boolean> => {
    const ticket = readTicket(text);
    if (!ticket) return false;
    const { secret, ...slot } = ticket;
    const now = clock.now();
    const opening = { digest: secrets.digest(secret), expiresAt: later(now, CONNECTION_MS) };
    return connections.open({ ...slot, connectionId, openedAt: now }, opening);
  };
