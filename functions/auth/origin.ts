import { Refused } from '../http/refused.ts';

const LOCAL = ['localhost', '127.0.0.1'];

/** Whether `origin` is the site's. Where the site is on localhost, its address 127.0.0.1 is the same site. */
export function isSite(origin: string, siteOrigin: string): boolean {
  const site = new URL(siteOrigin);
  if (origin === site.origin) return true;
  if (site.hostname !== 'localhost' || !URL.canParse(origin)) return false;
  const { protocol, hostname, port } = new URL(origin);
  return protocol === site.protocol && port === site.port && LOCAL.includes(hostname);
}

/** The cookie comes by itself with every request; so a page of somebody else is turned away. */
export function refuseOtherSites(origin: string | undefined, siteOrigin: string): void {
  if (origin !== undefined && !isSite(origin, siteOrigin)) throw new Refused('not_allowed');
}
