import type { Caller } from '../caller.ts';
import type { AccountId, OfferId, ReportId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import type { ModerationPorts } from './ports.ts';
import type { Report } from './reports.ts';
import type { ReportKind, ReportReason } from './states.ts';
import { reportView } from './views.ts';

type Input = { kind: ReportKind; id: string; reason: ReportReason; text?: string };

/** Reports an offer by its id, or a person by the username. One's own are refused. */
export const createReport =
  (ports: ModerationPorts) =>
  async ({ kind, id, reason, text }: Input, { accountId }: Caller) => {
    const { moderation, people, ids, clock } = ports;
    const subject = await subjectOf(ports, kind, id);
    if (!subject) return refusal('not_found');
    if (subject.accountId === accountId) return refusal('not_allowed', { detail: 'This is your own.' });
    const report: Report = {
      id: ids.next<ReportId>(),
      kind,
      reporterId: accountId,
      ...subject,
      reason,
      ...(text && { text }),
      state: 'open',
      createdAt: clock.now(),
      version: 1,
    };
    const refused = await moderation.addReport(report);
    return refused ? refusal(refused) : reportView(report, await people.getMany([report.accountId]));
  };

async function subjectOf(
  { offers, accounts }: Pick<ModerationPorts, 'offers' | 'accounts'>,
  kind: ReportKind,
  id: string,
): Promise<{ accountId: AccountId; offerId?: OfferId } | undefined> {
  if (kind === 'person') {
    const account = await accounts.byUsername(id);
    return account && { accountId: account.id };
  }
  const offer = await offers.get(id as OfferId);
  return offer && { accountId: offer.ownerId, offerId: offer.id };
}
