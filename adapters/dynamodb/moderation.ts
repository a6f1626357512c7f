import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { ROLES } from '#core/accounts/standing.ts';
import { HALTS } from '#core/halts/states.ts';
import type { AccountId, AuditEntryId, MessageId, OfferId, ReportId, ReviewId, TradeId } from '#core/ids.ts';
import type { Log } from '#core/log.ts';
import type { Author } from '#core/moderation/actors.ts';
import type { AuditEntry } from '#core/moderation/audit-log.ts';
import { MAX_OPEN_REPORTS } from '#core/moderation/limits.ts';
import { isListed, type Moderation, type RightsChange } from '#core/moderation/ports.ts';
import type { Outcome, Report } from '#core/moderation/reports.ts';
import { ACTS, DECISIONS, QUEUE_KINDS, REPORT_REASONS, REPORT_STATES } from '#core/moderation/states.ts';
import type { Page, PageRequest } from '#core/paging.ts';
import type { Instant } from '#core/time.ts';
import { accountWrites } from './accounts.ts';
import type { Item } from './client.ts';
import { haltsWrites } from './halts.ts';
import { queueOf, REPORTS_BY_QUEUE, REPORTS_BY_REPORTER, timed } from './indexes.ts';
import { pageOf, readerOf } from './items.ts';
import { AUDIT_LOG, auditEntryKey, LISTED, listedKey, reporterKey, reportKey } from './keys.ts';
import { offerItem } from './offer-items.ts';
import { type StoreParts, transactWithEvents } from './outbox.ts';
import { queryRange, queryTable, type Range } from './query.ts';
import { removalWrites } from './reputation.ts';
import { transact, type Write } from './transact.ts';
import { versionedWrite } from './versions.ts';

type Tables = {
  moderation: string;
  accounts: string;
  people: string;
  offers: string;
  halts: string;
  reputation: string;
};

/** Reports, the audit log, and the writes of acts on accounts and offers. */
export function dynamoModeration(
  client: DynamoDBDocumentClient,
  tables: Tables,
  { events: sink, log }: StoreParts,
): Moderation {
  const table = tables.moderation;
  const partition = async <T>(
    pk: string,
    read: (item: Item) => T,
    { after, limit }: PageRequest,
    newestFirst: boolean,
  ): Promise<Page<T>> => {
    const { items, more } = await queryTable(client, { table, pk, after: after?.at, newestFirst, limit });
    return { items: pageOf(items, read, log), ...(more !== undefined && { next: { at: more } }) };
  };

  return {
    async report(id) {
      const command = new GetCommand({ TableName: table, Key: reportKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && toReport(Item);
    },
    addReport: (report) => transact(client, [countOpen(table, report), newReport(table, report)]),
    addAppeal: (appeal, account) =>
      transactWithEvents(
        client,
        [newReport(table, appeal), ...rightsWrites(tables, account)],
        account.events,
        sink,
      ),
    act: ({ entry, account, offer, removal, report, halts }) =>
      transactWithEvents(
        client,
        [
          ...(report ? [versionedWrite(table, reportItem(report.next))] : []),
          ...(report?.next.state === 'closed' && report.next.kind !== 'appeal'
            ? [countClosed(table, report.next)]
            : []),
          ...(account ? rightsWrites(tables, account) : []),
          ...(offer ? [versionedWrite(tables.offers, offerItem(offer))] : []),
          ...(removal ? removalWrites(tables.reputation, removal) : []),
          ...(halts ? haltsWrites(tables.halts, halts) : []),
          auditWrite(table, entry),
        ],
        [...(account?.events ?? []), ...(report?.events ?? [])],
        sink,
      ),
    queue: (isClosed, page) =>
      reports(client, { table, index: REPORTS_BY_QUEUE, partition: queueOf(isClosed) }, page, log),
    ...reportsOfAccounts(client, table, log),
    log: (page) => partition(AUDIT_LOG, toEntry, page, true),
    listed: (page) => partition(LISTED, (item) => readerOf(item).text<AccountId>('accountId'), page, false),
  };
}

/** The reports of an account, for functions that read nothing else of moderation. */
export const reportsOfAccounts = (
  client: DynamoDBDocumentClient,
  table: string,
  log: Pick<Log, 'error'>,
): Pick<Moderation, 'reportsOf'> => ({
  reportsOf: (reporterId, page) =>
    reports(client, { table, index: REPORTS_BY_REPORTER, partition: reporterId }, page, log),
});

async function reports(
  client: DynamoDBDocumentClient,
  range: Pick<Range, 'table' | 'index' | 'partition'>,
  { after, limit }: PageRequest,
  log: Pick<Log, 'error'>,
): Promise<Page<Report>> {
  const { items, more } = await queryRange(client, { ...range, after: after?.at, newestFirst: true, limit });
  return { items: pageOf(items, toReport, log), ...(more !== undefined && { next: { at: more } }) };
}

/** The writes of an account's change, with its place in the list of accounts that have a role or a suspension. */
function rightsWrites(tables: Tables, change: RightsChange): Write<'changed_since'>[] {
  const { id } = change.next;
  const Key = listedKey(id);
  const listed: Write = isListed(change.next)
    ? { Put: { TableName: tables.moderation, Item: { ...Key, accountId: id } } }
    : { Delete: { TableName: tables.moderation, Key } };
  return [...accountWrites(tables, change), listed];
}

const newReport = (TableName: string, report: Report): Write => ({
  Put: { TableName, Item: reportItem(report), ConditionExpression: 'attribute_not_exists(pk)' },
});

/** The race it closes: many reports at once, beyond the limit. */
const countOpen = (TableName: string, { reporterId }: Report): Write<'too_many_open'> => ({
  Update: {
    TableName,
    Key: reporterKey(reporterId),
    UpdateExpression: 'ADD openReports :one',
    ConditionExpression: 'attribute_not_exists(openReports) OR openReports < :most',
    ExpressionAttributeValues: { ':one': 1, ':most': MAX_OPEN_REPORTS },
  },
  ifNot: 'too_many_open',
});

const countClosed = (TableName: string, { reporterId }: Report): Write => ({
  Update: {
    TableName,
    Key: reporterKey(reporterId),
    UpdateExpression: 'ADD openReports :less',
    ExpressionAttributeValues: { ':less': -1 },
  },
});

/** The condition keeps the log append-only. */
export const auditWrite = (TableName: string, entry: AuditEntry): Write => ({
  Put: {
    TableName,
    Item: { ...auditEntryKey(entry.at, entry.id), ...entry },
    ConditionExpression: 'attribute_not_exists(pk)',
  },
});

const reportItem = (report: Report) => ({
  ...reportKey(report.id),
  ...report,
  queuePk: queueOf(report.state === 'closed'),
  queueSk: timed(report.createdAt, report.id),
  reporterSk: timed(report.createdAt, report.id),
});

function toReport(item: Item): Report {
  const read = readerOf(item);
  return {
    id: read.text('id'),
    kind: read.oneOf('kind', QUEUE_KINDS),
    reporterId: read.text('reporterId'),
    accountId: read.text('accountId'),
    offerId: read.optional('offerId', read.text<OfferId>),
    messageId: read.optional('messageId', read.text<MessageId>),
    reviewId: read.optional('reviewId', read.text<ReviewId>),
    reason: read.optional('reason', (name) => read.oneOf(name, REPORT_REASONS)),
    text: read.optional('text', read.text),
    state: read.oneOf('state', REPORT_STATES),
    claimedBy: read.optional('claimedBy', read.text<AccountId>),
    outcome: read.optional('outcome', (name) => toOutcome(read.object(name))),
    createdAt: read.integer('createdAt'),
    version: read.integer('version'),
  };
}

function toOutcome(item: Item): Outcome {
  const read = readerOf(item);
  return {
    decision: read.oneOf('decision', DECISIONS),
    note: read.text('note'),
    by: read.text('by'),
    at: read.integer('at'),
  };
}

function toEntry(item: Item): AuditEntry {
  const read = readerOf(item);
  return {
    id: read.text<AuditEntryId>('id'),
    at: read.integer('at'),
    by: toAuthor(read.object('by')),
    act: read.oneOf('act', ACTS),
    accountId: read.optional('accountId', read.text<AccountId>),
    username: read.optional('username', read.text),
    halt: read.optional('halt', (name) => read.oneOf(name, HALTS)),
    reason: read.optional('reason', read.text),
    until: read.optional('until', read.integer<Instant>),
    role: read.optional('role', (name) => read.oneOf(name, ROLES)),
    reportId: read.optional('reportId', read.text<ReportId>),
    offerId: read.optional('offerId', read.text<OfferId>),
    tradeId: read.optional('tradeId', read.text<TradeId>),
    buyerPiconero: read.optional('buyerPiconero', read.piconero),
  };
}

function toAuthor(item: Item): Author {
  const read = readerOf(item);
  const role = read.oneOf('role', ['operator', ...ROLES]);
  if (role === 'operator') return { role };
  return { role, accountId: read.text('accountId'), username: read.text('username') };
}
