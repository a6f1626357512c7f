import type { TicketPorts } from './ports.ts';

/**
 * Removes a closed connection. One that the index does not list yet stays until a hint to it fails, or until it
 * expires.
 */
export const disconnect =
  ({ connections }: Pick<TicketPorts, 'connections'>) =>
  async ({ connectionId }: { connectionId: string }): Promise<void> => {
    const connection = await connections.find(connectionId);
    if (connection) await connections.close(connection);
  };
