import { type IncomingMessage, Server } from 'node:http';

/** What nothing takes a meaning from: not JSON, nothing to parse. */
const OPAQUE = 'application/octet-stream';

/**
 * The deployed gateway hands a request on as it came. The emulated one answers for every Origin as for CORS, turns
 * away a Content-Type that it cannot read, takes a missing one for JSON, loses bodies such as `null`, and serves HEAD
 * like GET. It decides that by what is in `headers` and `method`, and hands on what is in `rawHeaders`; so the former
 * are made plain.
 *
 * @param port of the gateway; other servers of this process are left alone
 */
export function requestsAsTheyCame(port: number): void {
  const emit = Server.prototype.emit as (event: string, ...rest: unknown[]) => boolean;
  Server.prototype.emit = function emitPlain(this: Server, event: string, ...rest: unknown[]) {
    const [request] = rest as [IncomingMessage?];
    if (event === 'request' && request?.socket.localPort === port) makePlain(request);
    return emit.call(this, event, ...rest);
  } as typeof Server.prototype.emit;
}

function makePlain(request: IncomingMessage): void {
  const { headers, rawHeaders } = request;
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
  if (hasBody && !headers['content-type']) rawHeaders.push('content-type', OPAQUE);
  if (hasBody) headers['content-type'] = OPAQUE;
  delete headers.origin;
  // No route of ours is HEAD: whatever no route takes goes to the default one.
  if (request.method === 'HEAD') request.method = 'HEAD*';
}
