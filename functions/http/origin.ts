import { Refused } from './refused.ts';

const LOCAL = ['localhost', '127.0.0.1'];

/** Whether `origin` is the site's. A site on localhost is also the one on 127.0.0.1. */
export function isSite(origin: string, siteOrigin: string): boolean {
  const site = new URL(siteOrigin);
  if (origin === site.origin) return true;
  if (site.hostname !== 'localhost' || !URL.canParse(origin)) return false;
  const { protocol, hostname, port } = new URL(origin);
  return protocol === site.protocol && port === site.port && LOCAL.includes(hostname);
}

/** Refuses requests of other sites' pages, because browsers send the cookie with every request. */
export function refuseOtherSites(origin: string | undefined, siteOrigin: string): void {
  if (origin !== undefined && !isSite(origin, siteOrigin)) throw new Refused('not_allowed');
}
