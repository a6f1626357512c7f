import type { ChildProcess } from 'node:child_process';
import { createServer, type Server } from 'node:net';

/** A socket that listens on a port of 127.0.0.1, for another process. */
export function listen(port: number): Promise<Server> {
  const server = createServer((early) => early.destroy());
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => resolve(server));
  });
}

/** Passes the socket to another process. It stays in this network, even if the child is in another one. */
export function handOverSocket(child: ChildProcess, socket: Server): void {
  child.once('error', () => socket.close());
  child.once('message', () => {
    socket.close();
    child.disconnect();
  });
  child.once('exit', () => socket.close());
  child.send('listen', socket, () => {});
}
