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

/** Gives the socket away. It stays on this network, whichever network the child is in. */
export function handOverSocket(child: ChildProcess, socket: Server): void {
  child.once('error', () => socket.close());
  child.once('message', () => {
    socket.close();
    child.disconnect();
  });
  child.once('exit', () => socket.close());
  child.send('listen', socket, () => {});
}
