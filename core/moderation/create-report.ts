import type { Caller } from '../caller.ts';
import type { MessageId, OfferId, ReportId, ReviewId } from '../ids.ts';
import { isRefusal, refusal } from '../refusal.ts';
import { isRevealed } from '../reputation/reviews.ts';
import type { TalkCall } from '../talk/ports.ts';
import { roomOf } from '../talk/room.ts';
import type { ReportPorts } from './ports.ts';
import type { Report } from './reports.ts';
import type { ReportKind, ReportReason } from './states.ts';
import { reportView } from './views.ts';

type Input = { kind: ReportKind; id: string; reason: ReportReason; text?: string };

/**
 * Reports an offer, a message or a review by its id, or a person by the username. Refuses the caller's own things,
 * messages that the caller may not read, and hidden reviews.
 */
export const createReport =
  (ports: ReportPorts) =>
  async ({ kind, id, reason, text }: Input, caller: Caller, call: TalkCall) => {
    const { moderation, people, ids, clock } = ports;
    const subject = await SUBJECTS[kind](ports, id, caller, call);
    if (!subject) return refusal('not_found');
    if (subject.accountId === caller.accountId)
      return refusal('not_allowed', { detail: 'This is your own.' });
    const report: Report = {
      id: ids.next<ReportId>(),
      kind,
      reporterId: caller.accountId,
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

type Subject = Pick<Report, 'accountId' | 'offerId' | 'messageId' | 'reviewId'> | undefined;
type Find = (ports: ReportPorts, id: string, caller: Caller, call: TalkCall) => Promise<Subject>;

/** Finds what a report is about, and the account that is reported. */
const SUBJECTS: Record<ReportKind, Find> = {
  async person({ accounts }, username) {
    const account = await accounts.byUsername(username);
    return account && { accountId: account.id };
  },
  async offer({ offers }, id) {
    const offer = await offers.get(id as OfferId);
    return offer && { accountId: offer.ownerId, offerId: offer.id };
  },
  async review({ reputation, clock }, id) {
    const review = await reputation.review(id as ReviewId);
    if (!review || !isRevealed(review, clock.now()) || review.removedAt !== undefined) return undefined;
    return { accountId: review.authorId, reviewId: review.id };
  },
  async message(ports, id, caller, call) {
    const message = await ports.talks.get(id as MessageId);
    if (!message || isRefusal(await roomOf(ports, message.tradeId, caller, call))) return undefined;
    return { accountId: message.senderId, messageId: message.id };
  },
};
