import { CONFIRMATIONS_NEEDED } from '../chain/confirmations.ts';
import type { Heartbeats } from '../chain/heartbeat.ts';
import { failuresOf, forEachIsolated, throwFailures } from '../for-each-isolated.ts';
import type { Ids } from '../ids.ts';
import { jobsOf } from '../live/hints.ts';
import type { HintQueue } from '../live/ports.ts';
import { asInstant, SECOND_MS } from '../time.ts';
import { NodeUnavailable } from '../unavailable.ts';
import { afterFate, fateOf } from './fate.ts';
import { LEASE_MS } from './pay-withdrawal.ts';
import type { PayerLease, PayoutQueue } from './ports.ts';
import { type RecoverPorts, recoverPrepared } from './recover-prepared.ts';
import { confirm, resend } from './transitions.ts';
import { NEVER_SENT, wakePayer } from './wake-payer.ts';
import type { Broadcast, Queued } from './withdrawals.ts';

export type FollowPorts = RecoverPorts & {
  queue: PayoutQueue;
  lease: PayerLease;
  heartbeats: Pick<Heartbeats, 'read'>;
  hints: HintQueue;
  ids: Ids;
};

/** A queued withdrawal gets another message after this time. */
export const RESEND_AFTER_MS = 30 * SECOND_MS;
const AT_ONCE = 50;

/**
 * The schedule of withdrawals. It settles the prepared withdrawal of a crashed payer, follows relayed payments, and
 * sends messages for queued withdrawals again. A step or withdrawal that fails does not stop the others, and the next
 * run tries it again.
 *
 * @throws at the end, the errors other than an unavailable node
 */
export const followWithdrawals = (ports: FollowPorts) => async (): Promise<void> => {
  await forEachIsolated([recoverInDoubt, followBroadcast, resendQueued], (step) =>
    whileTheNodeAnswers(ports, () => step(ports)),
  );
};

const isNodeUnavailable = (error: unknown) => error instanceof NodeUnavailable;

async function whileTheNodeAnswers({ log }: FollowPorts, step: () => Promise<void>) {
  try {
    await step();
  } catch (error) {
    if (!isNodeUnavailable(error)) throw error;
    log.warn('node away', { error });
  }
}

/** Settles the prepared payment of a crashed payer. A payer that holds the lease does this itself. */
async function recoverInDoubt(ports: FollowPorts) {
  // Read first, because taking the lease every few seconds would block the payer.
  if (!(await ports.lease.prepared())) return;
  const holder = ports.ids.next<string>();
  const lease = await ports.lease.take(holder, LEASE_MS);
  if (!lease) return;
  try {
    if (lease.prepared) await recoverPrepared(ports)(lease.prepared);
  } finally {
    await ports.lease.release(holder);
  }
}

/**
 * Posts the holds of payments with 10 confirmations, and sends a payment again that is neither in a block nor in the
 * pool.
 */
async function followBroadcast(ports: FollowPorts): Promise<void> {
  const { items, unreadable } = await ports.withdrawals.broadcast(AT_ONCE);
  const failures = await followEach(items, ports);
  await tellOwners(items, ports);
  throwFailures([...unreadable, ...failures]);
}

/** Queues hints about new confirmations, which have no event, because nothing is written for them. */
async function tellOwners(onTheirWay: readonly Broadcast[], { hints }: Pick<FollowPorts, 'hints'>) {
  const mined = onTheirWay.filter(({ minedHeight }) => minedHeight !== undefined);
  const addressed = mined.map(({ id, accountId }) => ({
    accountId,
    hint: { type: 'withdrawal' as const, id },
  }));
  for (const job of jobsOf(addressed)) await hints.send(job);
}

async function followEach(onTheirWay: readonly Broadcast[], ports: RecoverPorts): Promise<unknown[]> {
  if (!onTheirWay.length) return [];
  const { height } = await ports.node.status();
  return failuresOf(onTheirWay, (withdrawal) => followOne(withdrawal, height, ports), isNodeUnavailable);
}

/** @param height blocks in the chain */
async function followOne(withdrawal: Broadcast, height: number, ports: RecoverPorts): Promise<void> {
  const { withdrawals, node, clock, log } = ports;
  const fate = await fateOf(withdrawal, node);
  const isDeep = fate.is === 'block' && height - fate.height >= CONFIRMATIONS_NEEDED;
  const change = isDeep
    ? confirm(withdrawal, fate.height, clock.now())
    : afterFate(withdrawal, fate, height, clock.now());
  if (!change) return;
  const refused = await withdrawals.save(change);
  log.info('withdrawal followed', { withdrawalId: withdrawal.id, state: change.to.state, refused });
}

/**
 * Sends another message for withdrawals whose message was lost or whose payment could not be made, longest wait first.
 * While wallet or node is unavailable it sends none, because the payer waits and keeps its own messages.
 */
async function resendQueued(ports: FollowPorts): Promise<void> {
  const { withdrawals, clock } = ports;
  const before = asInstant(clock.now() - RESEND_AFTER_MS);
  const { items, unreadable } = await withdrawals.queued(AT_ONCE);
  const waiting = items.filter(({ sentAt }) => sentAt <= before);
  if (waiting.length) await resendEach(waiting, ports);
  throwFailures(unreadable);
}

async function resendEach(waiting: readonly Queued[], ports: FollowPorts): Promise<void> {
  const { withdrawals, heartbeats, clock } = ports;
  const heartbeat = await heartbeats.read();
  const payerWaits = heartbeat?.wallet === 'down' || heartbeat?.node === 'down';
  for (const queued of waiting) {
    if (payerWaits && queued.sentAt !== NEVER_SENT) continue;
    // A new attempt number, because the queue drops a repeated id for 5 minutes. It is saved first, so that it is used
    // once.
    const change = resend(queued, clock.now());
    if (await withdrawals.save(change)) continue;
    if (!(await wakePayer(change.to, ports))) return;
  }
}
