// A page of another origin in a real browser, and programs of other users, try every port of the sandbox.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '#tests/helpers/until.ts';
import { type Attempt, readBy, Visitor } from './foreign-page.ts';
import { listenersOf } from './listening.ts';
import { leftOf, NpmRun, surroundings } from './npm-start.ts';
import { houseForTests } from './production-house.ts';

/** The donation address of the Monero project. */
const address =
  '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';
const json = { 'content-type': 'application/json' };
const password = 'marble otter walks home';

/** A request signed like an SDK's, with an unknown key. */
const aws = (service: string, target: string, body: object): Attempt => ({
  method: 'POST',
  path: '/',
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    'x-amz-target': target,
    'x-amz-date': '20261128T000000Z',
    authorization: `AWS4-HMAC-SHA256 Credential=x/20261128/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=00`,
  },
  body: JSON.stringify(body),
});
const dynamodb = (operation: string, body: object) => aws('dynamodb', `DynamoDB_20120810.${operation}`, body);
const sqs = (operation: string, body: object) => aws('sqs', `AmazonSQS.${operation}`, body);
const monero = (method: string, params: object = {}): Attempt => ({
  method: 'POST',
  path: '/json_rpc',
  headers: json,
  body: JSON.stringify({ jsonrpc: '2.0', id: '0', method, params }),
});
const register = (path: string, username: string): Attempt => ({
  method: 'POST',
  path: `${path}/auth/register`,
  headers: json,
  body: JSON.stringify({ username, password }),
});
const registerEvent = (username: string) => ({
  version: '2.0',
  routeKey: 'POST /auth/register',
  rawPath: '/auth/register',
  headers: json,
  body: JSON.stringify({ username, password }),
  requestContext: { http: { method: 'POST', path: '/auth/register', sourceIp: '198.51.100.9' } },
});

/** Attempts for any port. Traces of them are found by `name`. The last ones do the most harm. */
const attempts = (stage: string, name: string): Attempt[] => [
  { method: 'GET', path: '/' },
  { method: 'GET', path: '/healthz' },
  { method: 'GET', path: '/api/offers' },
  register('', name),
  register('/api', name),
  {
    method: 'POST',
    path: `/2015-03-31/functions/pupero-${stage}-auth/invocations`,
    body: JSON.stringify(registerEvent(name)),
  },
  dynamodb('Scan', { TableName: `pupero-${stage}-accounts` }),
  dynamodb('PutItem', { TableName: `pupero-${stage}-accounts`, Item: { pk: { S: name }, sk: { S: name } } }),
  sqs('ListQueues', {}),
  sqs('CreateQueue', { QueueName: name }),
  { method: 'GET', path: '/get_info' },
  monero('get_block_template', { wallet_address: address, reserve_size: 1 }),
  monero('get_address'),
  monero('generateblocks', { amount_of_blocks: 1, wallet_address: address }),
  { method: 'POST', path: '/pop_blocks', body: '{"nblocks":2}' },
  { method: 'GET', path: '/stop_daemon' },
];

type Stack = { env: Record<string, string>; stage: string; pids: () => number[] };

/** The addresses of the ports with their keys, which only the sandbox's own programs know. */
function endpointsOf({ env }: Stack): Record<string, string> {
  const file = join(env.PUPERO_DATA_DIR!, 'endpoints.env');
  const lines = existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
  const here = (variable: string) => `http://127.0.0.1:${env[variable]}`;
  return {
    AWS_ENDPOINT_URL_DYNAMODB: here('PUPERO_DYNAMODB_PORT'),
    AWS_ENDPOINT_URL_SQS: here('PUPERO_QUEUE_PORT'),
    MONERO_NODE_URL: here('MONEROD_RPC_PORT'),
    ...Object.fromEntries(lines.map((line) => line.split(/=(.*)/, 2))),
  };
}

const send = (base: string, { method, path, headers, body }: Attempt) =>
  fetch(`${base}${path}`, { method, headers, body, signal: AbortSignal.timeout(10_000) });
const textOf = (base: string, attempt: Attempt) => send(base, attempt).then((answer) => answer.text());

/** Height of the chain and start time of the node. */
async function chainOf(stack: Stack): Promise<string> {
  const info = async () => {
    const text = await textOf(endpointsOf(stack).MONERO_NODE_URL!, { method: 'GET', path: '/get_info' });
    const { height, start_time } = JSON.parse(text);
    return `${height} blocks, node of ${start_time}`;
  };
  return until(() => info().catch(() => ''), Boolean);
}

/** Changes that attempts under this name have made. */
async function changesOf(stack: Stack, name: string, chainBefore: string): Promise<string[]> {
  const { AWS_ENDPOINT_URL_DYNAMODB: tables = '', AWS_ENDPOINT_URL_SQS: queue = '' } = endpointsOf(stack);
  const key = { TableName: `pupero-${stack.stage}-accounts`, Key: { pk: { S: name }, sk: { S: name } } };
  const logIn = {
    method: 'POST',
    path: '/auth/login',
    headers: json,
    body: JSON.stringify({ login: name, password }),
  };
  const chain = await chainOf(stack);
  const found = {
    'an account': (await send(`http://127.0.0.1:${stack.env.PUPERO_API_PORT}`, logIn)).status === 200,
    'a row': (await textOf(tables, dynamodb('GetItem', key))).includes(name),
    'a queue': (await textOf(queue, sqs('ListQueues', {}))).includes(name),
    [`the chain: ${chainBefore}, then ${chain}`]: chain !== chainBefore,
  };
  return Object.entries(found).flatMap(([what, isThere]) => (isThere ? [what] : []));
}

/** All listening ports, each with the variable that names it. */
function portsOf({ env, stage, pids }: Stack): { part: string; port: number }[] {
  const named = new Map(
    Object.entries(env)
      .filter(([name]) => name.endsWith('_PORT'))
      .map(([name, port]) => [Number(port), name]),
  );
  const ports = new Set(listenersOf(pids()).map(({ port }) => port));
  const unused = [...named].filter(([port]) => !ports.has(port)).map(([, name]) => name);
  // Production mode has no mail server.
  expect(unused).toEqual(stage === 'prod' ? ['PUPERO_SMTP_PORT'] : []);
  return [...ports].map((port) => ({ port, part: named.get(port) ?? 'a port without a name' }));
}

let visitor: Visitor;
let tries = 0;
const report: string[] = [];

beforeAll(async () => {
  visitor = await Visitor.withBrowser();
});
afterAll(async () => {
  await visitor.close();
  console.log(report.join('\n'));
});

type Way = [how: string, (port: number, all: Attempt[]) => Promise<string[]>];
const browserWays: Way[] = [
  ['a page of another site', (port, all) => visitor.fromAnotherOrigin(port, all)],
  ['a page of another port of localhost', (port, all) => visitor.fromAnotherOrigin(port, all, 'localhost')],
  ['a page after DNS rebinding', (port, all) => visitor.afterRebinding(port, all)],
];

test('a server without a guard is read and changed in each way', async () => {
  const seen = new Set<string>();
  const server = createServer((request, response) => {
    seen.add(`${request.method} ${request.url}`);
    response.writeHead(200, { 'access-control-allow-origin': '*' }).end('secret');
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  for (const [, way] of browserWays) {
    seen.clear();
    expect(await way(port, attempts('local', 'evil'))).toContain('GET /get_info: 200 secret');
    expect([...seen]).toEqual(expect.arrayContaining(['GET /stop_daemon', 'POST /pop_blocks']));
  }
  server.close();
  server.closeAllConnections();
});

/** Makes all attempts on every port. Returns the readable answers and the changes by port. */
async function reachedBy(mode: string, [how, way]: Way, stack: Stack, ports = portsOf(stack)) {
  const reached: Record<string, string[]> = {};
  for (const { part, port } of ports) {
    const name = `evil-${port}-${++tries}`;
    const chain = await chainOf(stack);
    const read = await way(port, attempts(stack.stage, name));
    const changed = await changesOf(stack, name, chain);
    const lines = [...read.map((what) => `read ${what}`), ...changed.map((what) => `changed ${what}`)];
    report.push(
      `${mode}, ${part}, ${how}:${lines.length > 0 ? '' : ' nothing'}`,
      ...lines.map((line) => `    ${line}`),
    );
    if (lines.length > 0) reached[part] = lines;
  }
  return reached;
}

/** Automatic mining is off, so that only an attempt can change the chain. */
const quiet = { PUPERO_MINE_EVERY_SECONDS: '0' };

describe.each([
  ['npm start', 'start'],
  ['npm run dev', 'dev'],
])('%s', (mode, script) => {
  const folder = mkdtempSync(join(tmpdir(), 'pupero-test-foreign-'));
  let running: NpmRun;
  let stack: Stack;

  beforeAll(async () => {
    const env = { ...(await surroundings(join(folder, 'data'))), ...quiet };
    running = new NpmRun(['run', '--silent', script], env);
    stack = { env, stage: 'local', pids: () => running.processes().map(({ pid }) => pid) };
    await running.ready();
  });
  afterAll(async () => {
    const processes = running.processes();
    running.ctrlC();
    await leftOf(processes);
    rmSync(folder, { recursive: true, force: true });
  });

  test.each(browserWays)('%s reads and changes nothing', async (...way) => {
    // While one works on it, another server serves the site; the rest is as with npm start.
    const ports = portsOf(stack).filter(({ part }) => script === 'start' || part === 'PUPERO_SITE_PORT');
    expect(await reachedBy(mode, way, stack, ports)).toEqual({});
  });

  test('programs of this machine need no key', async () => {
    const statusAt = (variable: string, attempt: Attempt) =>
      send(`http://127.0.0.1:${stack.env[variable]}`, attempt).then(({ status }) => status);
    const scan = dynamodb('Scan', { TableName: 'pupero-local-accounts' });
    expect(await statusAt('PUPERO_DYNAMODB_PORT', scan)).toBe(200);
    expect(await statusAt('PUPERO_QUEUE_PORT', sqs('ListQueues', {}))).toBe(200);
    expect(await statusAt('MONEROD_RPC_PORT', { method: 'GET', path: '/get_info' })).toBe(200);
    expect(await statusAt('MONEROD_RPC_PORT', monero('get_version'))).toBe(200);
    expect(await statusAt('MONEROD_RPC_PORT', monero('generateblocks'))).toBe(403);
  });
});

describe('npm run prod', () => {
  let house: Awaited<ReturnType<typeof houseForTests>>;
  let stack: Stack;

  beforeAll(async () => {
    house = await houseForTests();
    Object.assign(house.env, quiet);
    await house.run('secrets', ['--file', house.secretsFile]);
    const { code, printed } = await house.run('prod');
    expect({ code, printed }).toMatchObject({ code: 0 });
    stack = { env: house.env, stage: 'prod', pids: () => house.family().map(({ pid }) => pid) };
  });
  afterAll(() => house.end());

  test.each(browserWays)('%s reads and changes nothing', async (...way) => {
    expect(await reachedBy('npm run prod', way, stack)).toEqual({});
  });

  test('a program of another user of the machine reads and changes nothing but site and API', async () => {
    const way: Way = ['a program of another user', programOfAnotherUser];
    const forPrograms = portsOf(stack).filter(({ part }) => !/^PUPERO_(SITE|API)_PORT$/.test(part));
    expect(await reachedBy('npm run prod', way, stack, forPrograms)).toEqual({});
  });
});

/** It knows no key; that it runs as us makes no difference to a port. */
async function programOfAnotherUser(port: number, all: Attempt[]): Promise<string[]> {
  const read: string[] = [];
  for (const attempt of all) {
    const outcome = await send(`http://127.0.0.1:${port}`, attempt).then(
      async (answer) => ({ status: answer.status, body: await answer.text() }),
      () => undefined,
    );
    read.push(...readBy(attempt, outcome));
  }
  return read;
}
