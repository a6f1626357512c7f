import { createServer } from 'node:net';

/**
 * Ports above 1023 that no browser connects to, whatever the page asks: those of the Fetch standard's "bad port" list
 * (fetch.spec.whatwg.org/#port-blocking) that other programs of a developer seldom use.
 */
const blockedPorts = [6666, 6667, 6668, 6669, 6665, 6697, 6679, 6566, 10080, 4190, 3659, 1723, 1720, 1719];

/** One of them that is free on loopback. Throws when all are taken. */
export async function freeBlockedPort(): Promise<number> {
  for (const port of blockedPorts) if (await isFree(port)) return port;
  throw new Error(`None of the ports that browsers keep away from is free: ${blockedPorts.join(', ')}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });
}
