import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { guardOfPages } from '../guard/guards.ts';
import { type SiteFront, startSiteServer } from './site-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'pupero-site-'));
let api: Server;
let site: Server;
let behindProxy: Server;

const edgeKey = 'known to the front and the functions';
const front: SiteFront = {
  listen: '127.0.0.1',
  siteOrigin: 'http://localhost:5000',
  trustsProxy: false,
  edgeKey,
  guard: guardOfPages({ siteOrigin: 'http://localhost:5000', allowedHosts: [], edgeKey }),
};
const portOf = (server: Server) => (server.address() as AddressInfo).port;

beforeAll(async () => {
  writeFileSync(join(folder, 'index.html'), 'the page');
  api = createServer((request, response) =>
    response.end(`api ${request.url} ${JSON.stringify(request.headers)}`),
  );
  await new Promise<void>((ready) => api.listen(0, '127.0.0.1', ready));
  const served = { tcpPort: 0, folder, apiUrl: `http://127.0.0.1:${portOf(api)}` };
  site = await startSiteServer({ ...served, front });
  const proxied = { ...front, siteOrigin: 'https://pupero.example', trustsProxy: true };
  behindProxy = await startSiteServer({ ...served, front: proxied });
});

afterAll(() => {
  site.close();
  behindProxy.close();
  api.close();
  rmSync(folder, { recursive: true });
});

/** Sends a raw request, because `fetch` would normalise the path. */
function send(
  requestLine: string,
  more: string[] = [],
  to = site,
): Promise<{ status: number; head: string; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = connect(portOf(to), '127.0.0.1');
    let text = '';
    socket.on('data', (part) => {
      text += part;
    });
    socket.on('error', reject);
    socket.on('end', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      resolve({ status: Number(head.split(' ')[1]), head: head.toLowerCase(), body });
    });
    socket.write(
      `${requestLine} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n${more.map((line) => `${line}\r\n`).join('')}\r\n`,
    );
  });
}

test.each([
  '/../../etc/passwd.txt',
  '/%2e%2e/%2e%2e/package.json',
  '/..%2f..%2fpackage.json',
  '/assets/../../package.json',
  '/%5c..%5cpackage.json',
  '/.env',
  '/index.html%00.js',
])('nothing outside the built site is served: %s', async (path) => {
  expect(await send(`GET ${path}`)).toMatchObject({ status: 404, body: expect.not.stringContaining('root') });
});

test.each(['/', '/market', '//evil.example/', 'http://evil.example/api/x', '/API/x', '/%61pi/x'])(
  '%s is the page, with headers that let no script of others run in it',
  async (path) => {
    const { status, head, body } = await send(`GET ${path}`);
    expect(status).toBe(200);
    expect(body).toContain('the page');
    expect(head).toContain("content-security-policy: default-src 'none'; script-src 'self';");
    expect(head).toContain('x-content-type-options: nosniff');
    expect(head).toContain('permissions-policy: camera=(), geolocation=()');
  },
);

test.each([
  ['/api', '/'],
  ['/api/offers?limit=1', '/offers?limit=1'],
  ['/api//evil.example/', '//evil.example/'],
  ['/api/@evil.example:80/', '/@evil.example:80/'],
  ['/api/http://evil.example/', '/http://evil.example/'],
])('%s goes to the API, and to nobody else', async (path, onward) => {
  expect((await send(`GET ${path}`)).body).toContain(`api ${onward}`);
});

test('the mailbox is a page of the site only where mails are kept', async () => {
  const mailbox = join(folder, 'mails');
  const served = { tcpPort: 0, folder, apiUrl: `http://127.0.0.1:${portOf(api)}`, front };
  const withMailbox = await startSiteServer({ ...served, mailbox });
  try {
    const kept = await send('GET /mailbox', [], withMailbox);
    expect(kept).toMatchObject({ status: 200, body: expect.stringContaining('Mailbox of the sandbox') });
    expect(kept.head).toContain("content-security-policy: default-src 'none'; style-src 'unsafe-inline';");
    expect((await send('GET /mailbox/../../etc/passwd', [], withMailbox)).status).toBe(404);
    expect((await send('GET /mailbox', ['Origin: https://evil.example'], withMailbox)).status).toBe(403);
    const none = await send('GET /mailbox');
    expect(none.body).toContain('the page');
    expect(none.head).not.toContain('x-pupero-mailbox');
  } finally {
    withMailbox.close();
  }
});

test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is for the API, not for a page', async (method) => {
  const { status, head } = await send(`${method} /`);
  expect(status).toBe(405);
  expect(head).toContain('allow: get, head');
});

const forged = [
  'X-Pupero-Client-Address: 198.51.100.66',
  'X-Pupero-Edge-Key: x',
  'X-Forwarded-For: 198.51.100.66',
];

test('the API hears from us who asks, whatever the client says itself', async () => {
  const { body } = await send('GET /api/x', [...forged, ...forged]);
  expect(body).toContain(`"x-pupero-edge-key":"${edgeKey}"`);
  expect(body).toContain('"x-pupero-client-address":"127.0.0.1"');
});

test.each([
  ['what the proxy added', ['X-Forwarded-For: 198.51.100.66, 192.0.2.7'], '192.0.2.7'],
  [
    'what it added in a line of its own',
    ['X-Forwarded-For: 198.51.100.66', 'X-Forwarded-For: 192.0.2.7'],
    '192.0.2.7',
  ],
  ['nothing', [], '127.0.0.1'],
  ['no address', ['X-Forwarded-For: 192.0.2.7, unknown'], '127.0.0.1'],
  ['nothing behind the comma', ['X-Forwarded-For: 192.0.2.7,'], '127.0.0.1'],
])('behind a proxy the last word is the client: %s', async (_, lines, address) => {
  const { body } = await send('GET /api/x', lines, behindProxy);
  expect(body).toContain(`"x-pupero-client-address":"${address}"`);
});

test('where people come by https they always shall, by page and API', async () => {
  for (const path of ['/', '/api/x', '/none.js']) {
    expect((await send(`GET ${path}`, [], behindProxy)).head).toContain(
      'strict-transport-security: max-age=31536000',
    );
    expect((await send(`GET ${path}`)).head).not.toContain('strict-transport-security');
  }
});

test("answers with the contract's problem while the API cannot be reached", async () => {
  const away = createServer();
  await new Promise<void>((ready) => away.listen(0, '127.0.0.1', ready));
  const apiUrl = `http://127.0.0.1:${portOf(away)}`;
  await new Promise((closed) => away.close(closed));
  const alone = await startSiteServer({ tcpPort: 0, folder, apiUrl, front });
  const { status, head, body } = await send('GET /api/offers', [], alone);
  alone.close();
  expect(status).toBe(503);
  expect(head).toContain('content-type: application/problem+json');
  expect(head).toContain('x-pupero-api-unreachable: true');
  const problem = JSON.parse(body.slice(body.indexOf('{'), body.lastIndexOf('}') + 1));
  expect(problem).toMatchObject({
    type: 'urn:pupero:problem:dependency_unavailable',
    status: 503,
    code: 'dependency_unavailable',
  });
  expect(head).toContain(`x-request-id: ${problem.requestId}`);
});
