// Real wallet-rpc and monerod stop answering (SIGSTOP) while the sandbox runs, and /healthz reports them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from '#sandbox/options.ts';
import { startSandbox } from '#sandbox/sandbox.ts';
import { until } from '#tests/helpers/until.ts';

/** Between two rounds here, then the node's and the wallet's time-out, and a call that was under way before. */
const REPORTED_WITHIN_MS = 60_000;

const dataDir = mkdtempSync(join(tmpdir(), 'pupero-test-hang-'));
let sandbox: Sandbox;

type Check = { status: string; lastSeenAt: string };
type Health = { status: string; checks: Record<'wallet' | 'node', Check> };

const health = async (): Promise<Health> => (await fetch(`${sandbox.urls.api}/healthz`)).json();
const untilHealth = (fits: (health: Health) => boolean) =>
  until(health, fits, { withinMs: REPORTED_WITHIN_MS, everyMs: 500 });

beforeAll(async () => {
  sandbox = await startSandbox({
    stage: 'test-hang',
    dataDir,
    parts: ['dynamodb', 'queue', 'chain', 'functions'],
    runSchedulesEverySeconds: 1,
  });
});

afterAll(async () => {
  await sandbox?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

test('a wallet-rpc that hangs is reported as down, and as ok once it answers again', async () => {
  sandbox.kill('wallet-rpc', 'SIGSTOP');
  try {
    const hanging = await untilHealth(({ status }) => status === 'degraded');
    expect(hanging).toMatchObject({
      status: 'degraded',
      checks: { wallet: { status: 'down' }, node: { status: 'ok' } },
    });
    // The last real answer of each: the node has answered since, the wallet has not.
    const { wallet, node } = hanging.checks;
    expect(Date.parse(wallet.lastSeenAt)).toBeLessThan(Date.parse(node.lastSeenAt));
  } finally {
    sandbox.kill('wallet-rpc', 'SIGCONT');
  }
  expect(await untilHealth(({ status }) => status === 'ok')).toMatchObject({ status: 'ok' });
});

test('a node that hangs is reported as down, and as ok once it answers again', async () => {
  sandbox.kill('monerod', 'SIGSTOP');
  try {
    const hanging = await untilHealth(({ checks }) => checks.node.status === 'down');
    expect(hanging).toMatchObject({ status: 'degraded', checks: { node: { status: 'down' } } });
  } finally {
    sandbox.kill('monerod', 'SIGCONT');
  }
  expect(await untilHealth(({ status }) => status === 'ok')).toMatchObject({ status: 'ok' });
});
