import type { IncomingMessage } from 'node:http';
import { isSameKey } from './keys.ts';

/** The rules for HTTP requests to one TCP port. Other processes get them as JSON. */
export type Guard = {
  /** The origin at which users open the site. Its pages may call this port. */
  siteOrigin: string;
  /** More hosts to accept, as `host` (any port of it) or `host:port`. */
  allowedHosts: readonly string[];
  /** The secret of the project's own programs, as the first step of the path or in the site server's header. */
  key: string | undefined;
  /** Refuses every request without the key, because other users of the machine reach the port as well. */
  needsKey: boolean;
  /** Accepts navigation from other sites, because the port serves pages. */
  hasPages: boolean;
};

/** `key`: the request has the key. `local`: it has no key, but does not come from a page of another origin. */
export type Admission = { by: 'key' | 'local' } | { refused: string };

/**
 * Decides about one request, and removes the key from its path. Three headers identify a request of an attacker's page.
 * `Host` names another host if the attacker's domain resolves to this machine (DNS rebinding). `Origin` names the
 * page's origin, but plain GETs lack it. For those there is `Sec-Fetch-Site` (Fetch Metadata). Programs send only
 * `Host`.
 */
export function admit(request: IncomingMessage, guard: Guard): Admission {
  if (hasKey(request, guard.key)) return { by: 'key' };
  if (guard.needsKey) return { refused: 'This port takes requests with its key only.' };
  const { host = '', origin } = request.headers;
  if (!isAcceptedHost(host, request.socket.localAddress, guard))
    return { refused: 'This host is not known here; PUPERO_ALLOWED_HOSTS names more.' };
  const isForeign =
    origin === undefined ? isForeignFetch(request, guard) : !isAcceptedOrigin(origin, host, guard);
  return isForeign ? { refused: 'Pages of another origin may not use this port.' } : { by: 'local' };
}

function hasKey(request: IncomingMessage, key: string | undefined): boolean {
  if (!key) return false;
  if (isSameKey(String(request.headers['x-pupero-edge-key'] ?? ''), key)) return true;
  const url = request.url ?? '';
  const end = 1 + key.length;
  if (!['/', '?', undefined].includes(url[end]) || !isSameKey(url.slice(1, end), key)) return false;
  const rest = url.slice(end);
  request.url = rest.startsWith('/') ? rest : `/${rest}`;
  return true;
}

/** The connection's own address is accepted, because no DNS name of an attacker is involved. */
function isAcceptedHost(host: string, localAddress: string | undefined, guard: Guard): boolean {
  const hostname = /^[\w.:[\]-]+$/.test(host) && hostnameOf(`http://${host}`);
  if (!hostname) return false;
  const address = localAddress?.replace(/^::ffff:/, '');
  return (
    isLoopback(hostname) ||
    hostname === address ||
    hostname === `[${address}]` ||
    hostname === hostnameOf(guard.siteOrigin) ||
    isListed(`http://${host}`, guard)
  );
}

/**
 * Whether a page's origin is this port itself, the site (under any name of this machine), or on the list of accepted
 * hosts.
 */
function isAcceptedOrigin(origin: string, host: string, guard: Guard): boolean {
  if (!URL.canParse(origin)) return false;
  const [page, site] = [new URL(origin), new URL(guard.siteOrigin)];
  if (page.host === new URL(`http://${host}`).host || page.origin === site.origin) return true;
  const isSite = page.protocol === site.protocol && page.port === site.port;
  return (isSite && isLoopback(page.hostname) && isLoopback(site.hostname)) || isListed(origin, guard);
}

/**
 * Whether a request without `Origin` comes from another site. Following a link to one of the port's pages is allowed.
 */
function isForeignFetch({ method, headers }: IncomingMessage, { hasPages }: Guard): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== 'cross-site' && site !== 'same-site') return false;
  const isVisit = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
  return !(hasPages && isVisit && method === 'GET');
}

function isListed(url: string, { allowedHosts }: Guard): boolean {
  const { host, hostname } = new URL(url);
  return allowedHosts.includes(host) || allowedHosts.includes(hostname);
}

const hostnameOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : undefined);

const isLoopback = (hostname: string) =>
  hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
