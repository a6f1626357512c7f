import type { WithdrawalId } from '../ids.ts';
import { later, SECOND_MS } from '../time.ts';
import { type PayPorts, payWithdrawal } from './pay-withdrawal.ts';
import type { PayoutQueue } from './ports.ts';

export type WaitingPayPorts = PayPorts & {
  queue: PayoutQueue;
  /** @param ms milliseconds */
  sleep(ms: number): Promise<unknown>;
};

/** Pause between two tries. After an outage a payment waits at most this long, plus the few calls of one try. */
export const RETRY_EVERY_MS = 2 * SECOND_MS;

/** No try begins later than this, so that the last one ends before the function's time-out (functions.ts). */
export const PATIENCE_MS = 30 * SECOND_MS;

/**
 * Pays one withdrawal, and waits while a part cannot be reached. The queue would bring a failed message back too late
 * and count it towards the dead letters. After `PATIENCE_MS` a new message takes over, and this one is done.
 *
 * Dies while it waits: no lease is held, and the queue delivers the message again. Dies after it sent the new message:
 * there are two messages for one withdrawal, which pay it once.
 *
 * @throws the errors of `payWithdrawal`
 */
export const payWhenReachable =
  (ports: WaitingPayPorts) =>
  async (id: WithdrawalId): Promise<'done' | 'left'> => {
    const holder = ports.ids.next<string>();
    const patienceEndsAt = later(ports.clock.now(), PATIENCE_MS);
    for (;;) {
      const paid = await payWithdrawal(ports)(id, holder);
      if (paid !== 'retry') return paid;
      if (later(ports.clock.now(), RETRY_EVERY_MS) > patienceEndsAt) break;
      await ports.sleep(RETRY_EVERY_MS);
    }
    try {
      // The holder's id makes the message new to the queue without a write to the table, which may be unreachable.
      await ports.queue.send(id, holder);
    } catch (error) {
      ports.log.warn('payout not sent to the queue: the schedule will', { withdrawalId: id, error });
    }
    return 'left';
  };
