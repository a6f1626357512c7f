import type { Caller } from '../caller.ts';
import type { NoticeId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import { MAX_NOTICES } from './limits.ts';
import { timeOfNotice } from './notices.ts';
import type { NoticePorts } from './ports.ts';

/**
 * Marks a notice and all before it as read, and removes the oldest ones beyond `MAX_NOTICES`. An id of the future is
 * refused, because later notices would then be read before they are written.
 *
 * If the process dies after the mark is written, the next call removes what is too old.
 */
export const readNotices =
  ({ notices, clock }: NoticePorts) =>
  async ({ upTo }: { upTo: NoticeId }, { accountId }: Caller) => {
    const at = timeOfNotice(upTo);
    if (at === undefined || at > clock.now())
      return refusal('invalid_request', {
        errors: [{ path: 'upTo', message: 'must be the id of a notice' }],
      });
    await notices.markRead(accountId, upTo);
    await notices.trim(accountId, MAX_NOTICES);
    return undefined;
  };
