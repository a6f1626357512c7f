import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { isIP } from 'node:net';

/** How API and site stand towards the outside. */
export type Front = {
  /** The address that these two listen on; the engines never listen on other than 127.0.0.1. */
  listen: string;
  /** What people see in their browser's address bar: scheme, host and port. */
  siteOrigin: string;
  /** Whether a reverse proxy stands before the site, whose last word in X-Forwarded-For is the client's address. */
  trustsProxy: boolean;
};

/** What nobody outside this machine reaches. The browser keeps __Host- cookies on http for localhost alone. */
export const loopbackFront = (sitePort: number): Front => ({
  listen: '127.0.0.1',
  siteOrigin: `http://localhost:${sitePort}`,
  trustsProxy: false,
});

/** The address by which this machine itself reaches what listens on `listen`, as a URL writes it. */
export function hostOf(listen: string): string {
  const address = ['0.0.0.0', '::'].includes(listen) ? '127.0.0.1' : listen;
  return isIP(address) === 6 ? `[${address}]` : address;
}

/** A year, as browsers' lists ask at least; only where people come by https, elsewhere it would lock them out. */
export function transportSecurity(siteOrigin: string): Record<string, string> {
  const isSecure = siteOrigin.startsWith('https:');
  return isSecure ? { 'strict-transport-security': 'max-age=31536000' } : {};
}

type Trust = { edgeKey: string | undefined; trustsProxy: boolean };

/**
 * The headers that a request has on its way to the API: without what only two neighbours agree on, as each side has a
 * connection of its own, and with our own word on whose request it is. What came under these names is never passed on.
 */
export function headersForTheApi(incoming: IncomingMessage, trust: Trust): IncomingHttpHeaders {
  const {
    connection,
    'keep-alive': keepAlive,
    'x-pupero-edge-key': forgedKey,
    'x-pupero-client-address': forgedAddress,
    ...headers
  } = incoming.headers;
  const address = clientOf(incoming, trust.trustsProxy);
  if (!trust.edgeKey || !address) return headers;
  return { ...headers, 'x-pupero-edge-key': trust.edgeKey, 'x-pupero-client-address': address };
}

/** The last entry is the one that the trusted proxy has added itself; those before it are anybody's word. */
function clientOf({ headers, socket }: IncomingMessage, trustsProxy: boolean): string | undefined {
  const forwarded = trustsProxy && [headers['x-forwarded-for']].flat().join().split(',').at(-1)?.trim();
  return forwarded && isIP(forwarded) ? forwarded : socket.remoteAddress;
}
