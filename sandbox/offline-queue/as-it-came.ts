import { type IncomingMessage, Server } from 'node:http';

/** A type that no program parses. */
const OPAQUE = 'application/octet-stream';

/**
 * Makes the emulated gateway pass requests on unchanged, as the deployed one does. Without this it answers CORS for
 * every Origin, refuses a Content-Type that it cannot parse, assumes JSON if there is none, drops bodies such as
 * `null`, and serves HEAD like GET. It decides by `headers` and `method` and passes `rawHeaders` on, so only the former
 * are changed.
 *
 * @param port the gateway's TCP port; other servers of this process are not affected
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
  // No route is HEAD. An unknown method goes to the default route.
  if (request.method === 'HEAD') request.method = 'HEAD*';
}
