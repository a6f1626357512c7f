import { randomUUID } from 'node:crypto';
import { type IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { admit, type Guard } from './admission.ts';

/** The events of a server that carry a request. */
const REQUESTS = ['request', 'checkContinue', 'checkExpectation', 'upgrade'];

type Emit = (this: Server, event: string, ...rest: unknown[]) => boolean;

/** Puts a guard before a server of ours. */
export function guardServer(server: Server, guard: Guard): void {
  const emit = server.emit as Emit;
  server.emit = guarded(emit, () => guard) as Server['emit'];
}

/** Guards every server of this process that listens on one of these ports, also servers of packages. */
export function guardPorts(guards: Guards): void {
  const emit = Server.prototype.emit as Emit;
  Server.prototype.emit = guarded(emit, (port) => guards[port]) as Server['emit'];
}

/** Guards by port. */
export type Guards = Record<number, Guard>;

/** The environment by which a process is given its guards. */
export const guardsVariables = (guards: Guards) => ({ PUPERO_GUARDS: JSON.stringify(guards) });

/** Throws when there are none, because a port without its guard is open to every web page. */
export function guardsIn({ PUPERO_GUARDS: text }: NodeJS.ProcessEnv): Guards {
  if (!text) throw new Error('PUPERO_GUARDS is missing.');
  return JSON.parse(text);
}

function guarded(emit: Emit, guardOf: (port: number) => Guard | undefined): Emit {
  return function emitGuarded(event, ...rest) {
    if (!REQUESTS.includes(event)) return emit.call(this, event, ...rest);
    const [request, answer] = rest as [IncomingMessage, ServerResponse | Duplex];
    const guard = guardOf(request.socket.localPort ?? 0);
    const admission = guard && admit(request, guard);
    if (!guard || !admission || 'by' in admission) return emit.call(this, event, ...rest);
    if (answer instanceof ServerResponse) refuse(answer, admission.refused, guard);
    else answer.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
    return true;
  };
}

/** Answers with the problem of api.md. There is no CORS header, so that no page of another origin reads it. */
export function refuse(
  response: ServerResponse,
  reason: string,
  { hasPages }: Pick<Guard, 'hasPages'>,
): void {
  const requestId = randomUUID();
  const type = 'urn:pupero:problem:not_allowed';
  const problem = { type, title: reason, status: 403, code: 'not_allowed', requestId };
  response.writeHead(403, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-request-id': requestId,
    // AWS SDKs take the error's name from this header and its text from `message`.
    ...(!hasPages && { 'x-amzn-errortype': 'AccessDeniedException' }),
    connection: 'close',
  });
  response.end(JSON.stringify(hasPages ? problem : { ...problem, message: reason }));
}
