import { randomUUID } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type Server,
  type ServerResponse,
} from 'node:http';
import { join } from 'node:path';
import sirv from 'sirv';
import { API_UNREACHABLE_HEADER } from '#contract/problems.ts';
import { commonHeaders, problemResponse, Refused } from '#functions/http/refused.ts';
import { cacheControlOf, pageHeaders, transportSecurity } from '#stage/site-headers.ts';
import type { Guard } from '../guard/admission.ts';
import { guardServer } from '../guard/guarded.ts';
import { isMailbox, mailboxPages } from '../mail/mailbox-pages.ts';
import type { Front } from '../settings/front.ts';
import { headersForTheApi } from './forwarded-headers.ts';
import { isUpload } from './uploads.ts';
import { passWebSocket } from './web-sockets.ts';

export type SiteFront = Front & {
  /** It proves to the functions that this server set the header with the client's address. */
  edgeKey: string | undefined;
  guard: Guard;
};
type SiteServer = {
  tcpPort: number;
  folder: string;
  /** The folder of kept mails. Without it there is no mailbox. */
  mailbox?: string | undefined;
  apiUrl: string;
  /** The WebSocket API, with http. Without it there are no WebSockets. */
  liveUrl?: string | undefined;
  /** Answers `/uploads/`. Without it there are no pictures. */
  passUpload?: (incoming: IncomingMessage, response: ServerResponse) => void;
  front: SiteFront;
};

/**
 * Serves the built site, and passes `/api/*` on to the API without the prefix: one origin, like CloudFront in a deploy.
 * Resolves when it listens.
 */
export function startSiteServer({
  tcpPort,
  folder,
  mailbox,
  apiUrl,
  liveUrl,
  passUpload,
  front,
}: SiteServer): Promise<Server> {
  const files = sirv(folder, {
    dev: true, // reads the disk each time, because the site may be rebuilt while it is served
    single: false,
    setHeaders: (response, path) => response.setHeader('cache-control', cacheControlOf(path)),
  });
  const showMailbox = mailbox === undefined ? undefined : mailboxPages(mailbox);
  const server = createServer((incoming, response) => {
    const path = (incoming.url ?? '/').split('?')[0] ?? '/';
    setAll(response, transportSecurity(front.siteOrigin));
    if (path === '/api' || path.startsWith('/api/')) return passOn(incoming, response, apiUrl, front);
    if (passUpload && isUpload(path)) return passUpload(incoming, response);
    setAll(response, pageHeaders);
    if (incoming.method !== 'GET' && incoming.method !== 'HEAD') return refuseMethod(response);
    if (!isTarget(path)) return refuseTarget(response);
    if (showMailbox && isMailbox(path)) return void showMailbox(incoming, response, path);
    files(incoming, response, () => sendPage(response, folder, path));
  });
  if (liveUrl)
    server.on('upgrade', (incoming, socket, head) => passWebSocket(incoming, socket, head, liveUrl));
  guardServer(server, front.guard);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(tcpPort, front.listen, () => resolve(server));
  });
}

function setAll(response: ServerResponse, headers: Record<string, string>) {
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
}

/** Only GET and HEAD are served, because a page in answer to a form would suggest that the form had an effect. */
function refuseMethod(response: ServerResponse) {
  response.writeHead(405, { allow: 'GET, HEAD', 'content-type': 'text/plain; charset=utf-8' });
  response.end('Method not allowed\n');
}

/** Whether a request target is a path or a URL (RFC 9112, section 3.2) in UTF-8, percent-encoded. */
function isTarget(target: string): boolean {
  try {
    return (target.startsWith('/') || URL.canParse(target)) && decodeURIComponent(target) !== '';
  } catch {
    return false;
  }
}

function refuseTarget(response: ServerResponse) {
  response.writeHead(400, { 'content-type': 'text/plain; charset=utf-8' });
  response.end('Bad request\n');
}

/** Sends index.html for every path without a file extension, because the page has its own router. */
function sendPage(response: ServerResponse, folder: string, path: string) {
  const page = join(folder, 'index.html');
  if (/\.\w+$/.test(path) || !existsSync(page)) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' });
    response.end(existsSync(page) ? 'Not found\n' : 'The site is not built.\n');
    return;
  }
  response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
  createReadStream(page).pipe(response);
}

function passOn(incoming: IncomingMessage, response: ServerResponse, apiUrl: string, front: SiteFront) {
  const path = (incoming.url ?? '/').slice('/api'.length);
  const { hostname, port, pathname } = new URL(apiUrl);
  const onwardPath = `${pathname.replace(/\/$/, '')}${path.startsWith('/') ? '' : '/'}${path}`;
  const host = hostname.replace(/[[\]]/g, ''); // `new URL` writes IPv6 in brackets
  const options = { host, port, method: incoming.method, headers: headersForTheApi(incoming, front) };
  const onward = request({ ...options, path: onwardPath }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  onward.on('error', () => apiUnreachable(response));
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
}

/** The response's headers without those that belong to the API's connection. */
function endToEnd({
  connection,
  'keep-alive': keepAlive,
  ...headers
}: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers;
}

/** Answers with the contract's problem, and tells the site that the API itself was not reached. */
function apiUnreachable(response: ServerResponse) {
  if (response.headersSent) return response.destroy();
  const requestId = randomUUID();
  const refused = new Refused('dependency_unavailable', { detail: 'The API does not answer.' });
  const { statusCode, headers, body } = problemResponse(refused, requestId);
  response.writeHead(statusCode, {
    ...commonHeaders(requestId),
    ...headers,
    [API_UNREACHABLE_HEADER]: 'true',
  });
  response.end(body);
}
