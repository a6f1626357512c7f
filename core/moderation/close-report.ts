import type { Account } from '../accounts/accounts.ts';
import type { Caller } from '../caller.ts';
import type { ReportEvent } from '../events/events.ts';
import type { ReportId, ReviewId } from '../ids.ts';
import { isRefusal, type Refusal, refusal } from '../refusal.ts';
import type { Removal } from '../reputation/ports.ts';
import { withoutReview } from '../reputation/standings.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import type { Instant } from '../time.ts';
import { authorOf, deletedTarget, mayActOn } from './actors.ts';
import { auditEntry } from './audit-log.ts';
import { carryOut, restored, suspended, warned, withoutDisplayName } from './effects.ts';
import type { Act, ModerationPorts, ReportPorts } from './ports.ts';
import { type Report, stepped } from './reports.ts';
import { DECISIONS_OF, type Decision } from './states.ts';
import { refusedUntil } from './suspend-account.ts';
import { queueViewOf } from './views.ts';

type Input = { reportId: ReportId; decision: Decision; note: string; until?: Instant };

/** The event of a closed report, for its reporter. */
const closedEvent = ({ id, reporterId, version }: Report, at: Instant): ReportEvent => ({
  type: 'report_closed',
  reportId: id,
  accountIds: [reporterId],
  version,
  at,
});

/**
 * Decides on an entry that the caller has claimed. The decision takes effect in the transaction that closes it. An entry
 * about a deleted account can only be dismissed, but its review can be removed.
 *
 * If the process dies after the transaction, sessions and offers are as in `actOnAccount`. The moderator then suspends
 * the account by its name.
 */
export const closeReport = (ports: ReportPorts) => async (input: Input, caller: Caller) => {
  const { reportId, decision, note, until } = input;
  const { moderation, clock } = ports;
  const refused = refusedUntil(until, clock.now());
  if (refused) return refused;
  const closed = await retryOnConflict<{ report: Report; account?: Account } | Refusal>(
    `report ${reportId}`,
    async () => {
      const found = await claimedBy(ports, reportId, caller);
      if (isRefusal(found)) return found;
      const { report, account, target, author } = found;
      if (!DECISIONS_OF[report.kind].includes(decision))
        return refusal('invalid_request', {
          errors: [{ path: 'decision', message: `must be one of ${DECISIONS_OF[report.kind].join(', ')}` }],
        });
      const at = clock.now();
      const effect = await effectOf(ports, report, account, input, at);
      if (isRefusal(effect)) return effect;
      const outcome = { decision, note, by: caller.accountId, at };
      const next = stepped(report, { state: 'closed', claimedBy: caller.accountId, outcome });
      const entry = auditEntry(
        ports.ids,
        { by: author, act: decision, target, at },
        { reason: note, until, reportId, offerId: report.offerId },
      );
      const act = { entry, ...effect, report: { next, events: [closedEvent(next, at)] } };
      return (await moderation.act(act)) ?? { report: next, account: effect.account?.next };
    },
  );
  if (isRefusal(closed)) return closed;
  const changesRights = decision === 'suspend' || decision === 'restore';
  if (closed.account && changesRights) await carryOut(ports, closed.account);
  return queueViewOf(ports, closed.report);
};

async function claimedBy(ports: ModerationPorts, reportId: ReportId, caller: Caller) {
  const report = await ports.moderation.report(reportId);
  if (!report) return refusal('not_found');
  const account = await ports.accounts.get(report.accountId);
  const author = await authorOf(ports, caller);
  const target = account ?? deletedTarget(report.accountId);
  if (!mayActOn(author, target)) return refusal('not_allowed');
  const isMine = report.state === 'claimed' && report.claimedBy === caller.accountId;
  return isMine ? { report, account, target, author } : refusal('out_of_order', { state: report.state });
}

/** The change of account, offer or review that a decision causes; `out_of_order` if the account is deleted. */
async function effectOf(
  { offers, reputation }: Pick<ReportPorts, 'offers' | 'reputation'>,
  { kind, offerId, reviewId }: Report,
  account: Account | undefined,
  { decision, note, until }: Input,
  now: Instant,
): Promise<Pick<Act, 'account' | 'offer' | 'removal'> | Refusal> {
  if (decision === 'dismiss') return {};
  if (reviewId && decision === 'hide') return removalOf(reputation, reviewId, now);
  if (!account) return refusal('out_of_order', { state: 'deleted' });
  if (decision === 'suspend') return { account: suspended(account, note, until, now) };
  if (decision === 'warn') return { account: warned(account, note, now) };
  if (decision === 'restore') return { account: restored(account, now) };
  if (kind === 'person') return { account: withoutDisplayName(account) };
  const offer = offerId && (await offers.get(offerId));
  if (!offer || offer.state === 'closed') return {};
  return { offer: { ...offer, state: 'closed', version: offer.version + 1, updatedAt: now } };
}

/** The removal of a review, also if its author is deleted; empty if the review is removed already. */
async function removalOf(
  reputation: ReportPorts['reputation'],
  id: ReviewId,
  now: Instant,
): Promise<{ removal?: Removal }> {
  const review = await reputation.review(id);
  if (!review || review.removedAt !== undefined) return {};
  const standing = await reputation.standing(review.subjectId);
  const removed = { ...review, removedAt: now };
  return {
    removal: { review: removed, ...(standing && { standing: withoutReview(standing, review, now) }) },
  };
}
