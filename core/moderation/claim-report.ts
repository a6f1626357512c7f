import type { Caller } from '../caller.ts';
import type { ReportId } from '../ids.ts';
import { refusal } from '../refusal.ts';
import { retryOnConflict } from '../retry-on-conflict.ts';
import { authorOf, deletedTarget, mayActOn } from './actors.ts';
import { auditEntry } from './audit-log.ts';
import type { ReportPorts } from './ports.ts';
import { stepped } from './reports.ts';
import { queueViewOf } from './views.ts';

/**
 * Takes an entry of the queue, so that two moderators do not work on it at once. Only moderators who may act on the
 * account can claim it. An admin may take it over. A second claim changes nothing.
 */
export const claimReport =
  (ports: ReportPorts) =>
  async ({ reportId }: { reportId: ReportId }, caller: Caller) => {
    const { moderation, accounts, ids, clock } = ports;
    return retryOnConflict(`report ${reportId}`, async () => {
      const report = await moderation.report(reportId);
      if (!report) return refusal('not_found');
      const target = (await accounts.get(report.accountId)) ?? deletedTarget(report.accountId);
      const author = await authorOf(ports, caller);
      if (!mayActOn(author, target)) return refusal('not_allowed');
      const shown = (one: typeof report) => queueViewOf(ports, one);
      if (report.claimedBy === caller.accountId && report.state === 'claimed') return shown(report);
      const isTaken = report.state === 'claimed' && author.role !== 'admin';
      if (report.state === 'closed' || isTaken) return refusal('out_of_order', { state: report.state });
      const next = stepped(report, { state: 'claimed', claimedBy: caller.accountId });
      const at = clock.now();
      const entry = auditEntry(ids, { by: author, act: 'claim', target, at }, { reportId });
      return (await moderation.act({ entry, report: { next, events: [] } })) ?? shown(next);
    });
  };
