import type { Log } from '../log.ts';
import { asInstant } from '../time.ts';
import type { PayoutQueue, Withdrawals } from './ports.ts';
import { correctSentAt } from './transitions.ts';
import type { Queued } from './withdrawals.ts';

type WakePorts = { withdrawals: Pick<Withdrawals, 'save'>; queue: PayoutQueue; log: Log };

/**
 * `sentAt` of a withdrawal whose message the queue did not take. It is the oldest time, so the schedule sends it first.
 */
export const NEVER_SENT = asInstant(0);

/**
 * Sends a queued withdrawal to the payer. If the queue cannot be reached, the withdrawal is marked with `NEVER_SENT`,
 * and the next run of the schedule sends it.
 *
 * If the process dies before the mark, the schedule sends it after `RESEND_AFTER_MS`.
 *
 * @returns whether the queue took the message
 */
export async function wakePayer(withdrawal: Queued, ports: WakePorts): Promise<boolean> {
  const { id, attempt } = withdrawal;
  try {
    await ports.queue.send(id, attempt);
    return true;
  } catch (error) {
    ports.log.warn('payout not sent to the queue: the schedule will', { withdrawalId: id, error });
    if (withdrawal.sentAt !== NEVER_SENT) await ports.withdrawals.save(correctSentAt(withdrawal, NEVER_SENT));
    return false;
  }
}
