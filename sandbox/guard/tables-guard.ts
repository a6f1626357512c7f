import { spawn } from 'node:child_process';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Server as TcpServer } from 'node:net';
import { freeBlockedPort } from './blocked-ports.ts';
import { guardPorts, guardsIn } from './guarded.ts';

// This process guards the port of the tables. Its child, the engine, knows no login and answers every web page. The
// parent passes the port's socket, because this process may be in a separate network.
const [command = '', data = ''] = process.argv.slice(2);
let enginePort = 0;

guardPorts(guardsIn(process.env));
const agent = new Agent({ keepAlive: true });
const server = createServer(passOn);
// No idle time-out, like the engine, because a client must repeat a request on a closed connection.
server.keepAliveTimeout = 0;
process.once('message', (_, socket) => {
  (socket as TcpServer).on('connection', (connection) => server.emit('connection', connection));
  process.send?.('listening');
});

enginePort = await freeBlockedPort();
const args = ['serve', '--db-path', data, '--host', '127.0.0.1', '--port', String(enginePort)];
const engine = spawn(command, args, { stdio: 'inherit' });
engine.once('exit', (code, signal) => {
  // Ends like the engine did, so that the parent can tell a crash from a stop.
  if (signal && signal !== 'SIGTERM') process.kill(process.pid, signal);
  else process.exit(code ?? 0);
});
process.on('SIGTERM', () => engine.kill('SIGTERM'));

function passOn(incoming: IncomingMessage, response: ServerResponse): void {
  // The raw headers are passed on, because with parsed ones a request takes 1.5 times as long.
  const { method, url: path, rawHeaders: headers } = incoming;
  const onward = request({ host: '127.0.0.1', port: enginePort, method, path, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 503, answer.rawHeaders);
    answer.pipe(response);
    answer.on('error', () => response.destroy());
  });
  onward.on('error', () => {
    if (response.headersSent) response.destroy();
    else response.writeHead(503, { 'x-amzn-errortype': 'ServiceUnavailable' }).end();
  });
  response.on('close', () => onward.destroy());
  incoming.pipe(onward);
}
