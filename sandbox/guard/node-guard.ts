import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { DigestConnection, type Login } from '../chain/digest.ts';
import { admit, type Guard } from './admission.ts';
import { refuse } from './guarded.ts';
import { walletsRequest } from './node-requests.ts';

type NodeGuardSettings = { tcpPort: number; guard: Guard; nodeUrl: string; nodeLogin: Login };

/**
 * Serves the node's port. Requests with the key may call everything, other programs only the calls of wallets. monerod
 * listens on another port, with a login that only this process and the house wallet have. Resolves when it listens.
 */
export function startNodeGuard({ tcpPort, guard, nodeUrl, nodeLogin }: NodeGuardSettings): Promise<Server> {
  const upstreams = new WeakMap<Socket, DigestConnection>();
  const server = createServer((incoming, response) => {
    const admission = admit(incoming, guard);
    if ('refused' in admission) return refuse(response, admission.refused, guard);
    const upstream = upstreams.get(incoming.socket)!;
    passOn(incoming, response, { guard, upstream, isTrusted: admission.by === 'key' }).catch(() =>
      unavailable(response),
    );
  });
  // No idle time-out, like monerod, because a wallet takes a closed idle connection for a dead node.
  server.keepAliveTimeout = 0;
  // Each client's connection has its own connection to monerod, because monerod counts and limits them.
  server.on('connection', (socket) => {
    const upstream = new DigestConnection(nodeUrl, nodeLogin);
    upstreams.set(socket, upstream);
    socket.once('close', () => upstream.close());
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(tcpPort, '127.0.0.1', () => resolve(server));
  });
}

type Way = { guard: Guard; upstream: DigestConnection; isTrusted: boolean };

async function passOn(
  incoming: IncomingMessage,
  response: ServerResponse,
  { guard, upstream, isTrusted }: Way,
) {
  const { method = 'GET', url: path = '/' } = incoming;
  const contentType = incoming.headers['content-type'];
  const headers = contentType ? { 'content-type': contentType } : undefined;
  const asked = { method, path, headers, body: await buffer(incoming) };
  const onward = isTrusted ? asked : walletsRequest(asked);
  if (!onward)
    return refuse(response, 'This port takes what wallets ask, and nothing that changes the chain.', guard);
  const answer = await upstream.request(onward);
  response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
  answer.pipe(response);
  answer.on('error', () => response.destroy());
}

function unavailable(response: ServerResponse): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(502, { 'content-type': 'text/plain' }).end('monerod does not answer.\n');
}
