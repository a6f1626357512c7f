import type { Heartbeat } from '../chain/heartbeat.ts';
import { type Halts, NO_HALTS } from '../halts/halts.ts';
import { asPiconero } from '../money/xmr.ts';
import { asInstant, MINUTE_MS } from '../time.ts';
import { getHealth } from './get-health.ts';

const NOW = asInstant(1_000_000_000);
const ago = (ms: number) => asInstant(NOW - ms);

const healthWith = (heartbeat: Heartbeat | undefined, halts: Halts = NO_HALTS) =>
  getHealth({
    readHeartbeat: async () => heartbeat,
    halts: { read: async () => halts },
    pingQueue: async () => {},
    clock: { now: () => NOW },
    version: '1',
    network: 'regtest',
  })();

const aHeartbeat = (more: Partial<Heartbeat> = {}): Heartbeat => ({
  at: ago(1_000),
  node: 'ok',
  wallet: 'ok',
  nodeSeenAt: ago(1_000),
  walletSeenAt: ago(1_000),
  height: 100,
  feePerBytePiconero: asPiconero(20_000n),
  ...more,
});

test('warns of what is halted with its reason, and stays ok', async () => {
  const since = ago(1_000);
  const halts: Halts = { takes: { reason: 'a bug', since }, payouts: { reason: 'low', since }, version: 2 };
  expect(await healthWith(aHeartbeat(), halts)).toMatchObject({
    status: 'ok',
    warnings: [
      { code: 'halted', halt: 'takes', message: 'a bug' },
      { code: 'halted', halt: 'payouts', message: 'low' },
    ],
  });
});

test('is ok if every part answers', async () => {
  expect(await healthWith(aHeartbeat())).toMatchObject({ status: 'ok' });
});

test('a part that did not answer the last watch is down, with the time of its last answer', async () => {
  const walletSeenAt = ago(90_000);
  expect(await healthWith(aHeartbeat({ wallet: 'down', walletSeenAt }))).toMatchObject({
    status: 'degraded',
    checks: { wallet: { status: 'down', lastSeenAt: walletSeenAt }, node: { status: 'ok' } },
  });
});

test('node and wallet count as down after three minutes without a heartbeat', async () => {
  const at = (ms: number) => aHeartbeat({ at: ago(ms), nodeSeenAt: ago(ms), walletSeenAt: ago(ms) });
  expect(await healthWith(at(3 * MINUTE_MS))).toMatchObject({ status: 'ok' });
  expect(await healthWith(at(3 * MINUTE_MS + 1))).toMatchObject({
    status: 'degraded',
    checks: { wallet: { status: 'down' }, node: { status: 'down' } },
  });
});

test('a part that never answered is down, without a time', async () => {
  const never = aHeartbeat({ wallet: 'down', walletSeenAt: undefined });
  expect((await healthWith(never)).checks.wallet).toEqual({ status: 'down' });
  expect((await healthWith(undefined)).checks.node).toEqual({ status: 'down' });
});

test('a wallet-rpc with known faults causes a warning and leaves the status as it is', async () => {
  const old = await healthWith(aHeartbeat({ walletInterfaceVersion: 65_561 }));
  expect(old.status).toBe('ok');
  expect(old.warnings).toEqual([
    { code: 'old_monero', message: expect.stringContaining('older than 0.18.4') },
  ]);
  expect(await healthWith(aHeartbeat({ walletInterfaceVersion: 65_568 }))).not.toHaveProperty('warnings');
});
