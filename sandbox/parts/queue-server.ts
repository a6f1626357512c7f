import { Server } from 'node:net';
import { startFauxqs } from 'fauxqs';
import { guardPorts, guardsIn } from '../guard/guarded.ts';

// Makes fauxqs listen on loopback, because nothing of the sandbox may be reachable from outside. fauxqs has no option
// for this and listens on every interface, so the address is replaced in the call of `listen`.
const listen = Server.prototype.listen as (this: Server, ...args: unknown[]) => Server;
Server.prototype.listen = function listenOnLoopback(this: Server, ...args: unknown[]) {
  const [options, ...rest] = args;
  return listen.call(this, { ...(options as object), host: '127.0.0.1' }, ...rest);
} as Server['listen'];

guardPorts(guardsIn(process.env));
const server = await startFauxqs({
  port: Number(process.env.PUPERO_QUEUE_PORT),
  dataDir: process.env.PUPERO_QUEUE_DIR,
  logger: false,
});
process.once('SIGTERM', () => server.stop().then(() => process.exit(0)));
