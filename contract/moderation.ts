import * as z from 'zod';
import { ROLES } from '#core/accounts/standing.ts';
import { HALTS } from '#core/halts/states.ts';
import type { AccountId, AuditEntryId, MessageId, OfferId, ReportId, ReviewId, TradeId } from '#core/ids.ts';
import { REASON_MAX_LENGTH, REPORT_TEXT_MAX_LENGTH } from '#core/moderation/limits.ts';
import {
  ACTS,
  DECISIONS,
  QUEUE_KINDS,
  REPORT_KINDS,
  REPORT_REASONS,
  REPORT_STATES,
} from '#core/moderation/states.ts';
import { functionHealth } from './function-health.ts';
import { operation } from './operation.ts';
import { Review } from './reputation.ts';
import { Message } from './talk.ts';
import { line, lines } from './visible-text.ts';
import { At, id, listOf, paging, XmrOut } from './wire.ts';

const reportFields = {
  id: id<ReportId>('a report'),
  kind: z.enum(QUEUE_KINDS),
  username: z.string().meta({ description: 'Whom it is about' }),
  offerId: id<OfferId>('an offer').optional(),
  messageId: id<MessageId>('a message').optional(),
  reviewId: id<ReviewId>('a review').optional(),
  reason: z.enum(REPORT_REASONS).optional().meta({ description: 'Absent on an appeal' }),
  text: z.string().optional(),
  state: z.enum(REPORT_STATES),
  createdAt: At,
  decision: z.enum(DECISIONS).optional(),
  closedAt: At.optional(),
};

export const Report = z.strictObject(reportFields).meta({ id: 'Report' });

/** A report as moderators see it. */
export const QueuedReport = z
  .strictObject({
    ...reportFields,
    reporter: z.string(),
    message: Message.optional().meta({ description: 'The reported one, until its talk is erased' }),
    review: Review.optional().meta({ description: 'The reported one' }),
    claimedBy: z.string().optional(),
    note: z.string().optional(),
  })
  .meta({ id: 'QueuedReport' });

export const Standing = z
  .strictObject({
    id: id<AccountId>('an account'),
    username: z.string(),
    role: z.enum(ROLES),
    suspended: z.strictObject({ reason: z.string(), at: At, until: At.optional() }).optional(),
  })
  .meta({ id: 'Standing' });

export const AuditEntry = z
  .strictObject({
    id: id<AuditEntryId>('an entry'),
    at: At,
    by: z.string().meta({ description: 'A username, or `operator` for the command line' }),
    role: z.enum(['operator', ...ROLES]).meta({ description: 'Of whoever acted' }),
    act: z.enum(ACTS),
    username: z.string().optional().meta({ description: 'Absent if the act is about a trade or a halt' }),
    halt: z.enum(HALTS).optional(),
    reason: z.string().optional(),
    until: At.optional(),
    changedRole: z.enum(ROLES).optional(),
    reportId: id<ReportId>('a report').optional(),
    offerId: id<OfferId>('an offer').optional(),
    tradeId: id<TradeId>('a trade').optional(),
    buyerXmr: XmrOut.optional().meta({ description: "The part of a trade's XMR that the buyer got" }),
  })
  .meta({ id: 'AuditEntry' });

const Reason = line(REASON_MAX_LENGTH);
const byUsername = z.strictObject({ username: z.string().min(1).max(64) });
const byReport = z.strictObject({ reportId: id<ReportId>('a report') });

export const createReport = operation({
  name: 'createReport',
  route: 'POST /reports',
  summary: 'Report an offer, a message or a review by its id, or a person by the username.',
  caller: 'account',
  body: z.strictObject({
    kind: z.enum(REPORT_KINDS),
    id: z.string().min(1).max(64),
    reason: z.enum(REPORT_REASONS),
    text: lines(REPORT_TEXT_MAX_LENGTH).optional(),
  }),
  success: { 201: Report },
  problems: ['not_found', 'not_allowed', 'too_many_open'],
});

export const listMyReports = operation({
  name: 'listMyReports',
  route: 'GET /me/reports',
  summary: "The caller's reports and appeals with their decisions, newest first.",
  caller: 'account',
  paged: true,
  query: z.strictObject(paging),
  success: { 200: listOf(Report) },
  problems: [],
});

export const appealSuspension = operation({
  name: 'appealSuspension',
  route: 'POST /me/appeal',
  summary: 'Ask the moderators to look at a suspension again, once.',
  caller: 'account',
  body: z.strictObject({ text: lines(REPORT_TEXT_MAX_LENGTH).min(1) }),
  success: { 201: Report },
  problems: ['out_of_order'],
});

export const listReports = operation({
  name: 'listReports',
  route: 'GET /admin/reports',
  summary: "The moderators' queue, newest first.",
  caller: 'account',
  role: 'moderator',
  paged: true,
  query: z.strictObject({ ...paging, state: z.enum(['open', 'closed']).optional() }),
  success: { 200: listOf(QueuedReport) },
  problems: [],
});

export const claimReport = operation({
  name: 'claimReport',
  route: 'POST /admin/reports/{reportId}/claim',
  summary: 'Take a report, so that no other moderator works on it. An admin may take it over.',
  caller: 'account',
  role: 'moderator',
  path: byReport,
  success: { 200: QueuedReport },
  problems: ['not_found', 'out_of_order'],
});

export const closeReport = operation({
  name: 'closeReport',
  route: 'POST /admin/reports/{reportId}/close',
  summary: 'Decide on a claimed report. The decision takes effect at once.',
  caller: 'account',
  role: 'moderator',
  path: byReport,
  body: z.strictObject({ decision: z.enum(DECISIONS), note: Reason, until: At.optional() }),
  success: { 200: QueuedReport },
  problems: ['not_found', 'out_of_order'],
});

export const suspendAccount = operation({
  name: 'suspendAccount',
  route: 'POST /admin/users/{username}/suspend',
  summary:
    'Suspend an account, until a time or until it is restored. Its sessions end and its offers are paused.',
  caller: 'account',
  role: 'admin',
  path: byUsername,
  body: z.strictObject({ reason: Reason, until: At.optional() }),
  success: { 200: Standing },
  problems: ['not_found'],
});

export const restoreAccount = operation({
  name: 'restoreAccount',
  route: 'POST /admin/users/{username}/restore',
  summary: 'Lift a suspension.',
  caller: 'account',
  role: 'admin',
  path: byUsername,
  body: z.strictObject({ reason: Reason.optional() }),
  success: { 200: Standing },
  problems: ['not_found', 'out_of_order'],
});

export const signOutAccount = operation({
  name: 'signOutAccount',
  route: 'POST /admin/users/{username}/sign-out',
  summary: 'End all sessions of an account.',
  caller: 'account',
  role: 'admin',
  path: byUsername,
  body: z.strictObject({ reason: Reason.optional() }),
  success: { 200: Standing },
  problems: ['not_found'],
});

export const listStandings = operation({
  name: 'listStandings',
  route: 'GET /admin/users',
  summary: 'The accounts that have a role or a suspension.',
  caller: 'account',
  role: 'admin',
  paged: true,
  query: z.strictObject(paging),
  success: { 200: listOf(Standing) },
  problems: [],
});

export const listAuditLog = operation({
  name: 'listAuditLog',
  route: 'GET /admin/audit-log',
  summary: 'Every act of moderators, admins and the operator, newest first.',
  caller: 'account',
  role: 'admin',
  paged: true,
  query: z.strictObject(paging),
  success: { 200: listOf(AuditEntry) },
  problems: [],
});

const Halt = z.strictObject({
  on: z.boolean(),
  reason: z.string().optional().meta({ description: 'Everybody reads it' }),
  since: At.optional(),
});

export const Halts = z.strictObject({ offers: Halt, takes: Halt, payouts: Halt }).meta({
  id: 'Halts',
  description:
    '`offers`: none comes onto the market. `takes`: no trade starts. `payouts`: no withdrawal is requested or sent',
});

export const getHalts = operation({
  name: 'getHalts',
  route: 'GET /admin/halts',
  summary: 'The halts. Everybody reads those that are on in the warnings of getHealth.',
  caller: 'account',
  role: 'admin',
  success: { 200: Halts },
  problems: [],
});

const ChangedHalt = z.strictObject({ on: z.boolean(), reason: Reason.optional() }).optional();

export const updateHalts = operation({
  name: 'updateHalts',
  route: 'PATCH /admin/halts',
  summary:
    'Turn halts on or off for the next request of everybody. What is under way ends as usual. A halt needs a reason.',
  caller: 'account',
  role: 'admin',
  body: z.strictObject({ offers: ChangedHalt, takes: ChangedHalt, payouts: ChangedHalt }),
  success: { 200: Halts },
  problems: [],
});

export const getModerationHealth = functionHealth('moderation');
