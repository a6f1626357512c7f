import { DeleteCommand, type DynamoDBDocumentClient, QueryCommand } from '@aws-sdk/lib-dynamodb';
import {
  ACCOUNT_EVENTS,
  DEPOSIT_EVENTS,
  type DomainEvent,
  eventId,
  PAYMENT_ACCOUNT_EVENTS,
  REPORT_EVENTS,
  REVIEW_EVENTS,
  SESSION_EVENTS,
  type StoredEvent,
  TRADE_EVENTS,
  TRANSFER_EVENTS,
  WITHDRAWAL_EVENTS,
} from '#core/events/events.ts';
import type { Outbox } from '#core/events/ports.ts';
import type {
  AccountId,
  DepositId,
  PaymentAccountId,
  ReportId,
  ReviewId,
  SessionId,
  TradeId,
  TransferId,
  WithdrawalId,
} from '#core/ids.ts';
import type { Log } from '#core/log.ts';
import { noticesOf } from '#core/notices/notices.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { readerOf, rowsOf } from './items.ts';
import { eventKey, eventsBefore, OUTBOX_PARTITIONS } from './keys.ts';
import { noticeWrite } from './notices.ts';
import { transact, type Write } from './transact.ts';

/** The destination of the events that stores write with their changes. */
export type EventSink = {
  table: string;
  /** The table of the notices that events cause. */
  noticesTable: string;
  /** Id of the request, message or scheduled run that is being handled. */
  requestId: () => string;
  /** Delivers events that were just stored. It must not throw. */
  deliver: (events: readonly StoredEvent[]) => Promise<void>;
};

/** The parts of every store whose changes cause events. `log` gets the rows of pages that cannot be read. */
export type StoreParts = { events: EventSink; log: Log };

/**
 * Writes a change, its events and their notices, all or nothing, and then delivers the events.
 *
 * If the process dies after the transaction, the events stay in the outbox, and the schedule delivers them.
 *
 * @returns see `transact`
 */
export async function transactWithEvents<Outcome extends string>(
  client: DynamoDBDocumentClient,
  writes: readonly Write<Outcome>[],
  events: readonly DomainEvent[],
  { table, noticesTable, requestId, deliver }: EventSink,
): Promise<Outcome | undefined> {
  const stored = events.map((event) => ({ ...event, requestId: requestId() }));
  const failed = await transact(client, [
    ...writes,
    ...stored.map((event) => eventWrite(table, event)),
    ...stored.flatMap(noticesOf).map((notice) => noticeWrite(noticesTable, notice)),
  ]);
  if (!failed && stored.length) await deliver(stored);
  return failed;
}

/** Needs no condition of its own, because the condition on the changed item's version allows each event once. */
const eventWrite = (TableName: string, event: StoredEvent): Write => ({
  Put: { TableName, Item: { ...eventKey(event.at, eventId(event)), ...event } },
});

export function dynamoOutbox(client: DynamoDBDocumentClient, table: string): Outbox {
  async function pendingIn(partition: string, before: Instant, limit: number) {
    const command = new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk < :before',
      ExpressionAttributeValues: { ':pk': partition, ':before': eventsBefore(before) },
      ConsistentRead: true,
      Limit: limit,
    });
    const { Items = [] } = await client.send(command);
    return Items;
  }

  return {
    async pending(before, limit) {
      const found = await Promise.all(OUTBOX_PARTITIONS.map((pk) => pendingIn(pk, before, limit)));
      const { items, unreadable } = rowsOf(found.flat(), eventOf);
      return { items: items.sort((a, b) => a.at - b.at).slice(0, limit), unreadable };
    },

    async remove(event) {
      await client.send(new DeleteCommand({ TableName: table, Key: eventKey(event.at, eventId(event)) }));
    },
  };
}

const by = (account: AccountId | undefined) => account !== undefined && { by: account };

/** @throws if the item is no event */
function eventOf(item: Item): StoredEvent {
  const read = readerOf(item);
  const common = {
    accountIds: read.texts<AccountId>('accountIds'),
    ...by(read.optional('by', read.text<AccountId>)),
    version: read.integer('version'),
    at: read.integer<Instant>('at'),
    requestId: read.text('requestId'),
  };
  const reviewId = read.optional('reviewId', read.text<ReviewId>);
  if (reviewId)
    return {
      ...common,
      type: read.oneOf('type', REVIEW_EVENTS),
      reviewId,
      tradeId: read.text<TradeId>('tradeId'),
    };
  const tradeId = read.optional('tradeId', read.text<TradeId>);
  if (tradeId) return { ...common, type: read.oneOf('type', TRADE_EVENTS), tradeId };
  const withdrawalId = read.optional('withdrawalId', read.text<WithdrawalId>);
  if (withdrawalId) return { ...common, type: read.oneOf('type', WITHDRAWAL_EVENTS), withdrawalId };
  const depositId = read.optional('depositId', read.text<DepositId>);
  if (depositId) return { ...common, type: read.oneOf('type', DEPOSIT_EVENTS), depositId };
  const transferId = read.optional('transferId', read.text<TransferId>);
  if (transferId) return { ...common, type: read.oneOf('type', TRANSFER_EVENTS), transferId };
  const reportId = read.optional('reportId', read.text<ReportId>);
  if (reportId) return { ...common, type: read.oneOf('type', REPORT_EVENTS), reportId };
  const paymentAccountId = read.optional('paymentAccountId', read.text<PaymentAccountId>);
  if (paymentAccountId)
    return { ...common, type: read.oneOf('type', PAYMENT_ACCOUNT_EVENTS), paymentAccountId };
  const accountId = read.optional('accountId', read.text<AccountId>);
  if (accountId) return { ...common, type: read.oneOf('type', ACCOUNT_EVENTS), accountId };
  return {
    ...common,
    type: read.oneOf('type', SESSION_EVENTS),
    sessionId: read.text<SessionId>('sessionId'),
  };
}
