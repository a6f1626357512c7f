import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { guardServer } from './guarded.ts';
import { guardOfPages } from './guards.ts';

let server: Server;
const port = () => (server.address() as AddressInfo).port;

beforeAll(async () => {
  server = createServer((_, response) => response.end('served'));
  server.on('upgrade', (_, socket) => socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n'));
  guardServer(
    server,
    guardOfPages({ siteOrigin: 'http://localhost:5000', allowedHosts: [], edgeKey: undefined }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

const ask = (headers: Record<string, string>) =>
  new Promise<{ status: number; headers: NodeJS.Dict<string | string[]>; body: string }>(
    (resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: port(), headers, agent: false });
      asked.once('response', async (answer) => {
        let body = '';
        for await (const part of answer) body += part;
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body });
      });
      asked.once('upgrade', (answer, socket) => {
        socket.destroy();
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: '' });
      });
      asked.once('error', reject).end();
    },
  );

test('a program is served', async () => {
  expect(await ask({ host: 'localhost' })).toMatchObject({ status: 200, body: 'served' });
});

test('a foreign page is refused with the problem of the API, which it cannot read', async () => {
  const foreign: Record<string, string>[] = [
    { host: 'evil.example' },
    { host: 'localhost', origin: 'http://evil.example' },
  ];
  for (const headers of foreign) {
    const answer = await ask(headers);
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.body)).toMatchObject({ status: 403, code: 'not_allowed' });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
  }
});

test('a WebSocket is guarded as well', async () => {
  const upgrade = { connection: 'upgrade', upgrade: 'websocket', host: 'localhost' };
  expect((await ask({ ...upgrade, origin: 'http://localhost:5000' })).status).toBe(101);
  expect((await ask({ ...upgrade, origin: 'http://localhost:3000' })).status).toBe(403);
  expect((await ask({ ...upgrade, host: 'evil.example' })).status).toBe(403);
});

test('what waits for leave to send its body is guarded as well', async () => {
  expect((await ask({ host: 'evil.example', expect: '100-continue' })).status).toBe(403);
});
