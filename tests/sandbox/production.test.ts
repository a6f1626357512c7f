// `npm run prod` as an operator runs it: secrets, sockets, headers, signals, and one data folder through its starts.
import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { isLoopback, listenersOf } from './listening.ts';
import { leftOf, NpmRun } from './npm-start.ts';
import { type House, houseForTests } from './production-house.ts';
import { aKey, visitor } from './visitor.ts';

let house: House;
const password = 'marble otter walks home';
const post = (url: string, body: object, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const listening = () => listenersOf(house.family().map(({ pid }) => pid));

beforeAll(async () => {
  house = await houseForTests();
});
afterAll(() => house.end());

test('starts nothing without secrets, and names each with its command', async () => {
  const { code, printed } = await house.run('prod', [], { PUPERO_SECRETS_FILE: '' });
  expect(code).toBe(1);
  for (const name of ['ACCESS_TOKEN_PRIVATE_KEY', 'TOTP_KEY', 'EDGE_KEY', 'HOUSE_WALLET_PASSWORD'])
    expect(printed).toContain(`  ${name}: missing`);
  expect(printed).toContain('npm run secrets -- --file prod-secrets.json');
  expect(existsSync(house.dataDir)).toBe(false);
});

test('refuses a file of secrets that others may read, with the command to type', async () => {
  expect(await house.run('secrets', ['--file', house.secretsFile])).toMatchObject({ code: 0 });
  chmodSync(house.secretsFile, 0o640);
  const { code, printed } = await house.run('prod');
  expect(code).toBe(1);
  expect(printed).toContain(`chmod 600 ${house.secretsFile}`);
  chmodSync(house.secretsFile, 0o600);
});

test('a failed start tells the reason and leaves nothing running', async () => {
  const taken = createServer();
  await new Promise<void>((ready) => taken.listen(Number(house.env.PUPERO_SITE_PORT), '127.0.0.1', ready));
  const { code, printed } = await house.run('prod');
  taken.close();
  expect(code).toBe(1);
  expect(printed).toContain(`Port ${house.env.PUPERO_SITE_PORT} (the site) is taken.`);
  expect(printed).toContain('Nothing is running.');
  expect(house.family()).toEqual([]);
});

test('starts in the background, is healthy, and listens on loopback only', async () => {
  const { code, printed } = await house.run('prod');
  expect({ code, printed }).toMatchObject({ code: 0, printed: expect.stringContaining('Health: ok.') });
  expect(await (await fetch(`${house.site}/api/healthz`)).json()).toMatchObject({ status: 'ok' });
  // The eight ports, and monerod's own behind its guard.
  expect(listening()).toHaveLength(9);
  expect(listening().filter((one) => !isLoopback(one))).toEqual([]);
  expect(readFileSync(join(house.dataDir, 'logs', 'production.log'), 'utf8')).toContain('Health: ok.');
  expect(existsSync(join(house.dataDir, 'secrets.json'))).toBe(false);
  const environ = (pid: number) => readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  const functions = house.family().find(({ command }) => command.includes('serverless.js'));
  expect(environ(functions?.pid ?? 0)).toEqual(
    expect.arrayContaining(['NODE_ENV=production', 'THROTTLE=on']),
  );
});

test('makes no demo accounts or offers; faucet and mining work on regtest', async () => {
  expect(await (await fetch(`${house.api}/offers`)).json()).toMatchObject({ items: [] });
  const alice = await visitor(house.site, 'alice');
  expect(await alice.drawFaucet({ amountXmr: '3' }, aKey())).toMatchObject({ availableXmr: '3' });
  expect(await alice.mineBlocks({ count: 1 })).toMatchObject({ height: expect.any(Number) });
});

test('has neither a mailbox nor a mail server, and says that it sends no mail', async () => {
  expect((await fetch(`${house.site}/mailbox`)).headers.get('x-pupero-mailbox')).toBe(null);
  expect(existsSync(join(house.dataDir, 'mails'))).toBe(false);
  const asked = await fetch(`${house.api}/auth/password-reset`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'ann@pupero.test' }),
  });
  expect(await asked.json()).toMatchObject({ status: 503, detail: 'This installation sends no mail.' });
});

test('pages and API have the security headers', async () => {
  const page = (await fetch(house.site)).headers;
  expect(page.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.get('permissions-policy')).toContain('camera=()');
  const api = (await fetch(`${house.site}/api/healthz`)).headers;
  expect([api.get('x-content-type-options'), api.get('cache-control')]).toEqual(['nosniff', 'no-store']);
  expect(page.get('strict-transport-security')).toBe(null);
});

test('a second start reports the running one', async () => {
  for (const args of [[], ['--foreground']]) {
    const { code, printed } = await house.run('prod', args);
    expect(code).toBe(1);
    expect(printed).toMatch(/is already running: process \d+[\s\S]*npm run prod:stop/);
  }
});

test('npm run prod:stop ends every process, and then reports that nothing runs', async () => {
  const processes = house.family();
  expect(processes.length).toBeGreaterThan(6);
  const { code, printed } = await house.run('prod:stop');
  expect(code).toBe(0);
  expect(printed).toContain('Stopped.');
  expect(await leftOf(processes, 0)).toEqual([]);
  expect(await house.run('prod:stop')).toEqual({
    code: 0,
    printed: `Nothing is running in ${house.dataDir}.\n`,
  });
});

test('npm start neither uses nor resets its data folder', async () => {
  for (const args of [[], ['--reset', '--yes']]) {
    const { code, printed } = await house.run('start', args);
    expect(code).toBe(1);
    expect(printed).toContain('is of npm run prod');
  }
});

describe('in the foreground, behind a proxy, open to others', () => {
  let running: NpmRun;
  beforeAll(async () => {
    const open = { PUPERO_LISTEN: '0.0.0.0', SITE_ORIGIN: 'https://pupero.test', PUPERO_TRUST_PROXY: 'true' };
    running = new NpmRun(['run', '--silent', 'prod', '--', '--foreground'], { ...house.env, ...open });
    await running.ready('npm run prod:stop, stops it.');
  });

  test('only API and site are reachable from outside', () => {
    const open = listening().filter((one) => !isLoopback(one));
    const ports = [Number(house.env.PUPERO_API_PORT), Number(house.env.PUPERO_SITE_PORT)];
    expect(open.map(({ port }) => port).sort()).toEqual(ports.sort());
    expect(listening()).toHaveLength(9);
  });

  test('the data was kept, and a site on https sends Strict-Transport-Security', async () => {
    const answer = await post(`${house.site}/api/auth/login`, { login: 'alice', password });
    expect(await answer.json()).toMatchObject({ status: 'signed_in' });
    expect(answer.headers.get('set-cookie')).toMatch(/^__Host-.*Secure/);
    expect(answer.headers.get('strict-transport-security')).toBe('max-age=31536000');
  });

  test('counts tries by the address that the proxy saw', async () => {
    const guess = (api: string, headers: Record<string, string>) =>
      post(`${api}/auth/login`, { login: 'alice', password: 'not hers at all' }, headers);
    const by = (address: string) =>
      guess(`${house.site}/api`, { 'x-forwarded-for': `192.0.2.66, ${address}` });
    const tries = await Promise.all(Array.from({ length: 31 }, () => by('198.51.100.1')));
    expect(tries.map(({ status }) => status)).toContain(429);
    expect((await by('198.51.100.2')).status).toBe(401);
    const forged = { 'x-pupero-client-address': '198.51.100.1', 'x-pupero-edge-key': 'x' };
    expect((await guess(house.api, forged)).status).toBe(401);
  });

  test('SIGTERM ends every process', async () => {
    const processes = [...running.processes(), ...house.family()];
    running.signal('SIGTERM');
    expect(await running.ended).toBe(0);
    expect(await leftOf(processes, 0)).toEqual([]);
  });
});
