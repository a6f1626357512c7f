import type { Account } from '../accounts/accounts.ts';
import { roleOf, suspensionOf } from '../accounts/standing.ts';
import { type PeopleById, personIn } from '../people.ts';
import { type ReviewView, reviewView } from '../reputation/views.ts';
import { type MessageView, messageView } from '../talk/views.ts';
import type { Instant } from '../time.ts';
import type { AuditEntry } from './audit-log.ts';
import type { ReportPorts } from './ports.ts';
import type { Report } from './reports.ts';

/** An account's role and suspension, as moderators see them. */
export function standingView(account: Account, now: Instant) {
  const suspension = suspensionOf(account, now);
  return {
    id: account.id,
    username: account.username,
    role: roleOf(account),
    ...(suspension && {
      suspended: {
        reason: suspension.reason,
        at: suspension.at,
        ...(suspension.until !== undefined && { until: suspension.until }),
      },
    }),
  };
}

/** A report as its reporter sees it: with the decision, but without the moderator and his note. */
export const reportView = (report: Report, people: PeopleById) => ({
  id: report.id,
  kind: report.kind,
  username: personIn(people, report.accountId).username,
  ...(report.offerId !== undefined && { offerId: report.offerId }),
  ...(report.messageId !== undefined && { messageId: report.messageId }),
  ...(report.reviewId !== undefined && { reviewId: report.reviewId }),
  ...(report.reason !== undefined && { reason: report.reason }),
  ...(report.text !== undefined && { text: report.text }),
  state: report.state,
  createdAt: report.createdAt,
  ...(report.outcome && { decision: report.outcome.decision, closedAt: report.outcome.at }),
});

type Shown = { message: MessageView | undefined; review: ReviewView | undefined };

const queueView = (report: Report, people: PeopleById, { message, review }: Shown) => ({
  ...reportView(report, people),
  reporter: personIn(people, report.reporterId).username,
  ...(message && { message }),
  ...(review && { review }),
  ...(report.claimedBy !== undefined && { claimedBy: personIn(people, report.claimedBy).username }),
  ...(report.outcome && { note: report.outcome.note }),
});

type QueuePorts = Pick<ReportPorts, 'people' | 'talks' | 'pictures' | 'reputation' | 'clock'>;

/**
 * Reports for moderators. A reported message is shown without the rest of its talk, until the talk is erased.
 */
export async function queueViews(ports: QueuePorts, reports: readonly Report[]) {
  const { people, talks, pictures, reputation, clock } = ports;
  const messageIds = reports.map(({ messageId }) => messageId).filter((id) => id !== undefined);
  const reviewIds = reports.map(({ reviewId }) => reviewId).filter((id) => id !== undefined);
  const now = clock.now();
  const [known, messages, reviews, addressOf] = await Promise.all([
    people.getMany(peopleOf(reports)),
    messageIds.length ? talks.getMany(messageIds) : [],
    reviewIds.length ? reputation.getMany(reviewIds) : [],
    pictures.addresses(now),
  ]);
  const messageOf = ({ messageId }: Report) => messages.find(({ id }) => id === messageId);
  const reviewOf = ({ reviewId }: Report) => reviews.find(({ id }) => id === reviewId);
  return reports.map((report) => {
    const [message, review] = [messageOf(report), reviewOf(report)];
    return queueView(report, known, {
      message: message && messageView(message, { addressOf }),
      review: review && reviewView(review, known, now),
    });
  });
}

/** One report as moderators see it. */
export async function queueViewOf(ports: QueuePorts, report: Report) {
  const [view] = await queueViews(ports, [report]);
  return view!;
}

/** The accounts that a view of reports names. */
export const peopleOf = (reports: readonly Report[]) =>
  reports.flatMap(({ accountId, reporterId, claimedBy }) => [
    accountId,
    reporterId,
    ...(claimedBy === undefined ? [] : [claimedBy]),
  ]);

export const auditView = (entry: AuditEntry) => ({
  id: entry.id,
  at: entry.at,
  by: 'username' in entry.by ? entry.by.username : 'operator',
  role: entry.by.role,
  act: entry.act,
  ...(entry.username !== undefined && { username: entry.username }),
  ...(entry.halt !== undefined && { halt: entry.halt }),
  ...(entry.reason !== undefined && { reason: entry.reason }),
  ...(entry.until !== undefined && { until: entry.until }),
  ...(entry.role !== undefined && { changedRole: entry.role }),
  ...(entry.reportId !== undefined && { reportId: entry.reportId }),
  ...(entry.offerId !== undefined && { offerId: entry.offerId }),
  ...(entry.tradeId !== undefined && { tradeId: entry.tradeId }),
  ...(entry.buyerPiconero !== undefined && { buyerXmr: entry.buyerPiconero }),
});
