import type { TicketPorts } from './ports.ts';

/**
 * Forgets a connection that was closed. A connection that lived too short to be found stays until the next hint to it
 * fails, or its time is over.
 */
export const disconnect =
  ({ connections }: Pick<TicketPorts, 'connections'>) =>
  async ({ connectionId }: { connectionId: string }): Promise<void> => {
    const connection = await connections.find(connectionId);
    if (connection) await connections.close(connection);
  };
