// Where the system gives an engine no network of its own: macOS, most containers, Ubuntu's limit on user namespaces.
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import type { Sandbox } from '#sandbox/options.ts';
import { startSandbox } from '#sandbox/sandbox.ts';
import { Visitor } from './foreign-page.ts';
import { listenersOf } from './listening.ts';
import { familyOf } from './npm-start.ts';

const folder = mkdtempSync(join(tmpdir(), 'pupero-test-no-network-'));
const pathBefore = process.env.PATH;
const options = { stage: 'test-no-network', dataDir: join(folder, 'data'), parts: ['dynamodb' as const] };
let sandbox: Sandbox;
let visitor: Visitor;

const statusAt = (port: number) =>
  new Promise<number | undefined>((resolve, reject) => {
    get({ host: '127.0.0.1', port }, (answer) => resolve(answer.resume().statusCode)).once('error', reject);
  });

beforeAll(async () => {
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(
    join(bin, 'unshare'),
    '#!/bin/sh\necho "unshare failed: Operation not permitted" >&2; exit 1\n',
  );
  chmodSync(join(bin, 'unshare'), 0o755);
  process.env.PATH = [bin, pathBefore].join(delimiter);
  [sandbox, visitor] = await Promise.all([startSandbox(options), Visitor.withBrowser()]);
});
afterAll(async () => {
  await visitor.close();
  await sandbox.stop();
  process.env.PATH = pathBefore;
  rmSync(folder, { recursive: true, force: true });
});

test("the engine's own port is one that no browser connects to", async () => {
  const processes = sandbox.pids().flatMap((pid) => familyOf(pid).map((found) => found.pid));
  const guarded = Number(new URL(sandbox.urls.dynamodb).port);
  const own = listenersOf(processes).flatMap(({ port }) => (port === guarded ? [] : [port]));
  expect(own).toHaveLength(1);
  const [port = 0] = own;
  // Every client is served, because the engine has no login.
  expect(await statusAt(port)).toBe(200);
  const attempts = [{ method: 'GET', path: '/' }];
  expect(await visitor.fromAnotherOrigin(port, attempts)).toEqual([]);
  expect(await visitor.afterRebinding(port, attempts)).toEqual([]);
});

test('production mode says what to do, and does not start', async () => {
  const elsewhere = { ...options, dataDir: join(folder, 'production'), mode: 'production' as const };
  await expect(startSandbox({ ...elsewhere, keepsUsersOut: true })).rejects.toThrow('PUPERO_ONLY_USER=yes');
});
