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

/** Time after which no further try begins. The last try then ends before the function's time-out (functions.ts). */
export const PATIENCE_MS = 30 * SECOND_MS;

/**
 * Pays one withdrawal, and waits while a part is unavailable. The queue would deliver a failed message too late, and
 * count it towards the dead letters. After `PATIENCE_MS` this message is acknowledged, and a new one replaces it.
 *
 * If the process dies while it waits, no lease is held, and the queue delivers the message again. If it dies after it
 * sent the new message, there are two messages for one withdrawal, which pay it once.
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
      // The holder's id makes the message new for the queue. An attempt number would need a write to the table, which
      // may be unavailable.
      await ports.queue.send(id, holder);
    } catch (error) {
      ports.log.warn('payout not sent to the queue: the schedule will', { withdrawalId: id, error });
    }
    return 'left';
  };
