import type { Heartbeat } from '../chain/heartbeat.ts';
import type { Network } from '../chain/networks.ts';
import { oldMoneroWarning } from '../chain/releases.ts';
import { type Halts, NO_HALTS } from '../halts/halts.ts';
import type { HaltRows } from '../halts/ports.ts';
import { HALTS, type HaltName } from '../halts/states.ts';
import { type Clock, type Instant, MINUTE_MS } from '../time.ts';

export type Check = { status: 'ok' | 'down'; latencyMs?: number; lastSeenAt?: Instant };
export type Checks = Record<'database' | 'queue' | 'wallet' | 'node', Check>;

/** Node and wallet count as down after three minutes without a heartbeat. The watcher runs every minute. */
const HEARTBEAT_STALE_MS = 3 * MINUTE_MS;

/** Node and wallet by the watcher's heartbeat, because this function may not ask them. */
function chainChecks(heartbeat: Heartbeat | undefined, now: Instant): Pick<Checks, 'wallet' | 'node'> {
  if (!heartbeat) return { wallet: { status: 'down' }, node: { status: 'down' } };
  const { at, node, wallet, nodeSeenAt, walletSeenAt } = heartbeat;
  const isStale = now - at > HEARTBEAT_STALE_MS;
  const check = (status: Check['status'], lastSeenAt: Instant | undefined): Check => ({
    status: isStale ? 'down' : status,
    ...(lastSeenAt !== undefined && { lastSeenAt }),
  });
  return { wallet: check(wallet, walletSeenAt), node: check(node, nodeSeenAt) };
}

/** A note for the operator. `status` does not depend on it. */
export type Warning =
  | { code: 'old_monero'; message: string }
  | { code: 'halted'; halt: HaltName; message: string };

function warningsOf(heartbeat: Heartbeat | undefined, halts: Halts): Warning[] {
  const version = heartbeat?.walletInterfaceVersion;
  const message = version === undefined ? undefined : oldMoneroWarning(version);
  const halted = HALTS.flatMap((halt): Warning[] => {
    const { reason } = halts[halt] ?? {};
    return reason === undefined ? [] : [{ code: 'halted', halt, message: reason }];
  });
  return message ? [{ code: 'old_monero', message }, ...halted] : halted;
}

/** `down` without the database. `degraded` if another part is down: trading continues, and payouts wait. */
function statusOf(checks: Checks): 'ok' | 'degraded' | 'down' {
  if (checks.database.status === 'down') return 'down';
  return Object.values(checks).every(({ status }) => status === 'ok') ? 'ok' : 'degraded';
}

export type HealthPorts = {
  /** Reads the watcher's heartbeat, and so checks the database as well. */
  readHeartbeat(): Promise<Heartbeat | undefined>;
  halts: HaltRows;
  pingQueue(): Promise<unknown>;
  clock: Clock;
  version: string;
  network: Network;
};

/** Runs `ask`, and measures it. A failure counts as down and is not thrown. */
async function timed<T>(clock: Clock, ask: () => Promise<T>): Promise<{ check: Check; answer?: T }> {
  const from = clock.now();
  try {
    const answer = await ask();
    return { check: { status: 'ok', latencyMs: clock.now() - from }, answer };
  } catch {
    return { check: { status: 'down' } };
  }
}

/** The state of every part, and of the whole. */
export const getHealth =
  ({ readHeartbeat, halts, pingQueue, clock, version, network }: HealthPorts) =>
  async () => {
    const [database, queue, halted] = await Promise.all([
      timed(clock, readHeartbeat),
      timed(clock, pingQueue),
      timed(clock, halts.read),
    ]);
    const checks = {
      database: database.check,
      queue: queue.check,
      ...chainChecks(database.answer, clock.now()),
    };
    const warnings = warningsOf(database.answer, halted.answer ?? NO_HALTS);
    return { status: statusOf(checks), version, network, checks, ...(warnings.length > 0 && { warnings }) };
  };
