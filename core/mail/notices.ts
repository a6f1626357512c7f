import type { MailQueue } from '../accounts/mail-jobs.ts';
import type { Subscriber } from '../events/ports.ts';
import { noticesOf } from '../notices/notices.ts';

/** Puts the notices of events into the queue of mails. The function that sends them looks up whether they are wanted. */
export const queueNotices =
  (queue: MailQueue): Subscriber =>
  async (event) => {
    if (!queue.isOn) return;
    for (const { id: _, kind, ...notice } of noticesOf(event))
      await queue.send({ kind: 'notice', notice: kind, ...notice });
  };
