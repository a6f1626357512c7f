import type { AccountId, MessageId, OfferId, ReportId, ReviewId } from '../ids.ts';
import type { Instant } from '../time.ts';
import type { Decision, QueueKind, ReportReason, ReportState } from './states.ts';

/** A moderator's decision on a report. */
export type Outcome = {
  decision: Decision;
  /** The reason, as the account that was acted on sees it. */
  note: string;
  by: AccountId;
  at: Instant;
};

/** An entry of the moderators' queue. */
export type Report = {
  id: ReportId;
  kind: QueueKind;
  reporterId: AccountId;
  /** The account that is reported, or that appeals. */
  accountId: AccountId;
  offerId?: OfferId | undefined;
  /** The text stays with the message, so that it is erased with it. */
  messageId?: MessageId | undefined;
  reviewId?: ReviewId | undefined;
  /** Absent on an appeal. */
  reason?: ReportReason | undefined;
  text?: string | undefined;
  state: ReportState;
  claimedBy?: AccountId | undefined;
  outcome?: Outcome | undefined;
  createdAt: Instant;
  version: number;
};

/** The report after a step of a moderator. */
export const stepped = (report: Report, step: Pick<Report, 'state' | 'claimedBy' | 'outcome'>): Report => ({
  ...report,
  ...step,
  version: report.version + 1,
});
