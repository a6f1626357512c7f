import { isIP } from 'node:net';

/** How API and site are reached from outside this machine. */
export type Front = {
  /** The listening address of API and site. The engines always listen on 127.0.0.1. */
  listen: string;
  /** The site's origin in the browser: scheme, host and port. */
  siteOrigin: string;
  /** Whether a reverse proxy stands before the site. The last entry of its X-Forwarded-For is the client's address. */
  trustsProxy: boolean;
};

/** Reachable from this machine only. Over http, browsers keep __Host- cookies for localhost alone. */
export const loopbackFront = (sitePort: number): Front => ({
  listen: '127.0.0.1',
  siteOrigin: `http://localhost:${sitePort}`,
  trustsProxy: false,
});

/** The host for a URL by which this machine reaches a listener on `listen`. */
export function hostOf(listen: string): string {
  const address = ['0.0.0.0', '::'].includes(listen) ? '127.0.0.1' : listen;
  return isIP(address) === 6 ? `[${address}]` : address;
}
