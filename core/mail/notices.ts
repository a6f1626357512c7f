import { type MailJob, type MailQueue, NOTICES, type Notice } from '../accounts/mail-jobs.ts';
import type { StoredEvent } from '../events/events.ts';
import type { Subscriber } from '../events/ports.ts';

const isNotice = (type: string): type is Notice => (NOTICES as readonly string[]).includes(type);

/** The notices that an event causes, one for each account that it concerns. */
function noticesOf(event: StoredEvent): MailJob[] {
  const { type } = event;
  if (!isNotice(type)) return [];
  return event.accountIds.map((accountId) => ({
    kind: 'notice',
    notice: type,
    accountId,
    at: event.at,
    ...('sessionId' in event && { sessionId: event.sessionId }),
    ...('withdrawalId' in event && { withdrawalId: event.withdrawalId }),
  }));
}

/** Puts the notices of events into the queue of mails. */
export const queueNotices =
  (queue: MailQueue): Subscriber =>
  async (event) => {
    if (!queue.isOn) return;
    for (const notice of noticesOf(event)) await queue.send(notice);
  };
