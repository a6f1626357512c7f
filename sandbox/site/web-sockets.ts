import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';

/** The path of the site at which browsers open WebSockets. */
export const LIVE_PATH = '/live';

/** Whether a request is for the WebSocket API. */
export const isLive = (url: string) => (url.split('?')[0] ?? '') === LIVE_PATH;

/**
 * Relays a WebSocket to `liveUrl`, so that browsers open it on the site's own origin. The request keeps its query and
 * headers, and gets the path and host of `liveUrl`. Other paths get 404, and 502 if `liveUrl` cannot be reached.
 *
 * @param liveUrl the address of the WebSocket API, with http
 */
export function passWebSocket(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  liveUrl: string,
): void {
  const { url = '/', method, httpVersion, rawHeaders } = incoming;
  if (!isLive(url)) {
    refuse(socket, '404 Not Found');
    return;
  }
  const { hostname, port, host, pathname } = new URL(liveUrl);
  const query = url.slice(LIVE_PATH.length);
  const onward = connect({ host: hostname.replace(/[[\]]/g, ''), port: Number(port) || 80 }, () => {
    const headers = pairsOf(rawHeaders).map(
      ([name, value]) => `${name}: ${name.toLowerCase() === 'host' ? host : value}\r\n`,
    );
    onward.write(`${method} ${pathname}${query} HTTP/${httpVersion}\r\n${headers.join('')}\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  onward.on('error', () => {
    if (onward.bytesRead === 0) refuse(socket, '502 Bad Gateway');
    else socket.destroy();
  });
  socket.on('error', () => onward.destroy());
  socket.on('close', () => onward.destroy());
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Pairs of name and value, which Node puts into one flat list. */
const pairsOf = (raw: readonly string[]): [string, string][] =>
  raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? '']] : []));
