import { randomUUID } from 'node:crypto';
import { type Server, STATUS_CODES } from 'node:http';
import { createRequire } from 'node:module';
import type { Socket } from 'node:net';
import { commonHeaders, problemResponse, Refused } from '#functions/http/refused.ts';
import { log } from '#functions/log.ts';

type GatewayResponse = { isBoom?: boolean; output?: { statusCode: number }; source?: unknown };
type Toolkit = { continue: symbol; response: (body: string) => Reply };
type Reply = {
  code: (status: number) => Reply;
  header: (name: string, value: string) => Reply;
  takeover: () => Reply;
};
type HapiRequest = {
  headers: Record<string, string | undefined>;
  raw: { req: { url: string } };
  response: GatewayResponse;
};
type Extension = (request: HapiRequest, toolkit: Toolkit) => unknown;
type HapiServer = {
  settings: { port: number; address?: string };
  listener: Server;
  start: () => Promise<void>;
  ext: (point: 'onRequest' | 'onPreResponse', act: Extension) => void;
};

/**
 * Makes the emulated gateway answer like the functions behind it. Without this it answers malformed requests, large
 * bodies and failed functions in its own JSON format (a stack trace with status 200), and serves ranges of a JSON body.
 * It also uses one address for itself and for direct calls of functions. With this only the gateway listens on
 * `listen`.
 */
export function gatewayOf(gateway: { port: number; listen: string }): void {
  const prototype = serverPrototype();
  const { start } = prototype;
  prototype.start = function startOurs(this: HapiServer) {
    if (this.settings.port === gateway.port) {
      this.settings.address = gateway.listen;
      this.ext('onRequest', ({ headers, raw }, toolkit) => {
        delete headers.range;
        const fault = faultOfForm(raw.req.url, headers.host);
        return fault ? reply(toolkit, problemOf(400, fault)).takeover() : toolkit.continue;
      });
      this.ext('onPreResponse', ({ response }, toolkit) => {
        const status = faultIn(response);
        return status ? reply(toolkit, problemOf(status)) : toolkit.continue;
      });
      this.listener.removeAllListeners('clientError').on('clientError', refuseUnreadable);
    }
    return start.call(this);
  };
}

/** The fault of a request from which no event can be built, or only a different one; `undefined` if there is none. */
function faultOfForm(url: string, host = ''): string | undefined {
  if (/[\s/?#@\\]/.test(host) || !URL.canParse(`http://${host}/`)) return 'The Host header is malformed.';
  if (!url.startsWith('/') && !URL.canParse(url)) return 'The request target is neither a path nor a URL.';
  try {
    if (/^[\x21-\x7e]+$/.test(url) && decodeURIComponent(url)) return undefined;
  } catch {
    // Continues below, because decodeURIComponent throws if the bytes are not UTF-8.
  }
  return 'The request target must be UTF-8, percent-encoded.';
}

/** The status of a response that the gateway itself made. No response of the API begins like its stack traces. */
function faultIn({ isBoom, output, source }: GatewayResponse): number | undefined {
  if (isBoom) return output?.statusCode ?? 500;
  return typeof source === 'string' && source.startsWith('{"errorMessage":') ? 500 : undefined;
}

type Response = Omit<ReturnType<typeof problemResponse>, 'statusCode'> & { statusCode: number };

/** The problem for a status of the gateway, with a request id that is also in the log. */
function problemOf(status: number, detail?: string): Response {
  const requestId = randomUUID();
  const refused = new Refused(codeOf(status), { ...(detail && { detail }) }, commonHeaders(requestId));
  const response = problemResponse(refused, requestId);
  log.info('request', { requestId, operation: 'gateway', status });
  if (response.statusCode === status) return response;
  const body = JSON.stringify({ ...JSON.parse(response.body), title: STATUS_CODES[status], status });
  return { ...response, statusCode: status, body };
}

function codeOf(status: number) {
  if (status === 413) return 'body_too_large';
  if (status === 404) return 'not_found';
  return status < 500 ? 'invalid_request' : 'internal';
}

function reply(toolkit: Toolkit, { statusCode, headers, body }: Response): Reply {
  const made = toolkit.response(body).code(statusCode);
  for (const [name, value] of Object.entries(headers)) made.header(name, String(value));
  return made;
}

const UNREADABLE: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/** Answers bytes that are no HTTP request; the connection ends, because the next request cannot be found in them. */
function refuseUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || error.code === 'ECONNRESET') {
    socket.destroy();
    return;
  }
  const { statusCode, headers, body } = problemOf(UNREADABLE[error.code ?? ''] ?? 400);
  const fields = { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}\r\n${lines.join('')}\r\n${body}`);
}

/** The prototype in serverless-offline's own copy of hapi. An instance shows it, because the class is not exported. */
function serverPrototype(): HapiServer {
  const root = createRequire(import.meta.url);
  const offline = createRequire(root.resolve('serverless-offline'));
  const { Server } = offline('@hapi/hapi') as { Server: new () => HapiServer };
  return Object.getPrototypeOf(new Server());
}
