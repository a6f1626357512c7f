import { changed } from '../accounts/accounts.ts';
import { suspensionOf } from '../accounts/standing.ts';
import type { Caller } from '../caller.ts';
import type { ReportId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import type { ModerationPorts } from './ports.ts';
import type { Report } from './reports.ts';
import { NOT_SUSPENDED } from './restore-account.ts';
import { reportView } from './views.ts';

/** Asks the moderators to look at the caller's suspension again, once for each suspension. */
export const appealSuspension =
  (ports: ModerationPorts) =>
  async ({ text }: { text: string }, { accountId }: Caller) => {
    const { accounts, moderation, people, ids, clock } = ports;
    return retryOnConflict(`account ${accountId}`, async () => {
      const account = await accounts.get(accountId);
      const now = clock.now();
      const suspension = account && suspensionOf(account, now);
      if (!suspension) return NOT_SUSPENDED;
      if (suspension.appealedAt !== undefined) return refusal('out_of_order', { state: 'appealed' });
      const appeal: Report = {
        id: ids.next<ReportId>(),
        kind: 'appeal',
        reporterId: accountId,
        accountId,
        text,
        state: 'open',
        createdAt: now,
        version: 1,
      };
      const next = changed(account, { suspension: { ...suspension, appealedAt: now } });
      const refused = await moderation.addAppeal(appeal, { next, events: [] });
      return refused ?? reportView(appeal, await people.getMany([accountId]));
    });
  };
