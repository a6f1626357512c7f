import type { AccountId, OfferId, TradeId, TransferId } from '#core/ids.ts';
import { CURRENCIES } from '#core/money/fiat.ts';
import type { Instant } from '#core/time.ts';
import { detailsKeptUntil } from '#core/trades/payment-details.ts';
import { ACTORS, hasEnded, PARTIES, TRADE_STATES } from '#core/trades/states.ts';
import {
  accountOf,
  type Dispute,
  loserOf,
  makerOf,
  type Passage,
  type Resolution,
  type Trade,
} from '#core/trades/trades.ts';
import type { Item } from './client.ts';
import {
  DETAILS_PARTITIONS,
  disputesThatAre,
  EXPIRY_PARTITIONS,
  expiryOrder,
  partitionOf,
  timed,
  tradesIn,
} from './indexes.ts';
import { readerOf } from './items.ts';
import { idempotencyKey, personKey, referenceKey, tradeKey } from './keys.ts';
import type { Write } from './transact.ts';

/** The keys of the timers' index. Only an unpaid trade, and an ended one with payment details, is in it. */
function timerKeys(trade: Trade): Item {
  const at = (partitions: readonly string[], due: Instant): Item => ({
    expiryPk: partitionOf(trade.id, partitions),
    expirySk: expiryOrder(due, trade.id),
  });
  if (trade.state === 'awaiting_payment') return at(EXPIRY_PARTITIONS, trade.paymentExpiresAt);
  const keptUntil = trade.sealedDetails === undefined ? undefined : detailsKeptUntil(trade);
  return keptUntil === undefined ? {} : at(DETAILS_PARTITIONS, keptUntil);
}

/** A trade as stored. Only one with a dispute has the keys of the index of disputes. */
export function tradeItem(trade: Trade): Item {
  const dispute = trade.dispute && {
    disputePk: disputesThatAre(!hasEnded(trade.state)),
    disputeSk: timed(trade.dispute.openedAt, trade.id),
  };
  return {
    ...tradeKey(trade.id),
    ...trade,
    buyerSk: trade.id,
    sellerSk: trade.id,
    buyerStatePk: tradesIn(trade.buyerId, trade.state),
    sellerStatePk: tradesIn(trade.sellerId, trade.state),
    ...timerKeys(trade),
    ...dispute,
  };
}

/** @throws if the item is no trade */
export function tradeFromItem(item: Item): Trade {
  const read = readerOf(item);
  const takerId = read.optional('takerId', read.text<AccountId>);
  const terms = read.optional('terms', read.text);
  const startKey = read.optional('startKey', read.text);
  const outagesUntil = read.optional('outagesUntil', read.integer<Instant>);
  const history = read.optional('history', (name) => read.objects(name).map(toPassage));
  const askedBy = read.optional('cancellationAskedBy', (name) => read.oneOf(name, PARTIES));
  const dispute = read.optional('dispute', (name) => toDispute(read.object(name)));
  const reference = read.optional('reference', read.text);
  const sealedDetails = read.optional('sealedDetails', read.text);
  return {
    id: read.text<TradeId>('id'),
    offerId: read.text<OfferId>('offerId'),
    buyerId: read.text<AccountId>('buyerId'),
    sellerId: read.text<AccountId>('sellerId'),
    ...(takerId && { takerId }),
    state: read.oneOf('state', TRADE_STATES),
    ...(history && { history }),
    ...(askedBy && { cancellationAskedBy: askedBy }),
    ...(dispute && { dispute }),
    amountPiconero: read.piconero('amountPiconero'),
    amountFiat: read.minorUnits('amountFiat'),
    currency: read.oneOf('currency', CURRENCIES),
    fiatPerXmr: read.minorUnits('fiatPerXmr'),
    method: read.text('method'),
    ...(terms !== undefined && { terms }),
    ...(reference !== undefined && { reference }),
    ...(sealedDetails !== undefined && { sealedDetails }),
    ...(read.isMarked('countsForMaker') && { countsForMaker: true as const }),
    ...(startKey !== undefined && { startKey }),
    holdId: read.text<TransferId>('holdId'),
    paymentExpiresAt: read.integer<Instant>('paymentExpiresAt'),
    ...(outagesUntil !== undefined && { outagesUntil }),
    createdAt: read.integer<Instant>('createdAt'),
    changedAt: read.integer<Instant>('changedAt'),
    version: read.integer('version'),
  };
}

function toPassage(item: Item): Passage {
  const read = readerOf(item);
  return {
    state: read.oneOf('state', TRADE_STATES),
    at: read.integer<Instant>('at'),
    by: read.oneOf('by', ACTORS),
  };
}

function toDispute(item: Item): Dispute {
  const read = readerOf(item);
  const resolution = read.optional('resolution', (name) => toResolution(read.object(name)));
  return {
    openedBy: read.oneOf('openedBy', PARTIES),
    reason: read.text('reason'),
    openedAt: read.integer<Instant>('openedAt'),
    ...(resolution && { resolution }),
  };
}

function toResolution(item: Item): Resolution {
  const read = readerOf(item);
  return {
    buyerPiconero: read.piconero('buyerPiconero'),
    note: read.text('note'),
    at: read.integer<Instant>('at'),
    by: read.text<AccountId>('by'),
  };
}

export const addWrite = (TableName: string, trade: Trade): Write<'already_settled'> => ({
  Put: { TableName, Item: tradeItem(trade), ConditionExpression: 'attribute_not_exists(pk)' },
  ifNot: 'already_settled',
});

/** The race it closes: two trades of one seller with the same reference start at once. */
export const referenceWrites = (TableName: string, trade: Trade): Write<'changed_since'>[] => {
  const { sellerId, reference, id } = trade;
  if (reference === undefined) return [];
  const Item = { ...referenceKey(sellerId, reference), tradeId: id };
  return [
    { Put: { TableName, Item, ConditionExpression: 'attribute_not_exists(pk)' }, ifNot: 'changed_since' },
  ];
};

/**
 * Frees the reference of a trade that has ended. It needs no condition, because the row is that of the open trade that
 * wrote it.
 */
export const referenceFreed = (TableName: string, { sellerId, reference, state }: Trade): Write[] =>
  reference !== undefined && hasEnded(state)
    ? [{ Delete: { TableName, Key: referenceKey(sellerId, reference) } }]
    : [];

/**
 * The races it closes: parallel trades of one taker that are each within the limit and together above it, and the
 * deletion of the taker.
 */
export const takenWrite = (
  TableName: string,
  taker: AccountId,
  { untilFirstCompleted, afterwards }: { untilFirstCompleted: number; afterwards: number },
): Write<'too_many_open'> => ({
  Update: {
    TableName,
    Key: personKey(taker),
    UpdateExpression: 'ADD openTaken :one',
    ConditionExpression:
      'attribute_not_exists(deletedAt) AND (attribute_not_exists(openTaken) OR openTaken < :few OR (tradesCompleted >= :one AND openTaken < :many))',
    ExpressionAttributeValues: { ':one': 1, ':few': untilFirstCompleted, ':many': afterwards },
  },
  ifNot: 'too_many_open',
});

/** The race it closes: the deletion of a maker who buys. A maker who sells needs no counter, because of the hold. */
export function madeWrites(TableName: string, trade: Trade): Write<'maker_deleted'>[] {
  const maker = makerOf(trade);
  if (!trade.countsForMaker || !maker) return [];
  const Update = {
    TableName,
    Key: personKey(maker),
    UpdateExpression: 'ADD openMade :one',
    ConditionExpression: 'attribute_not_exists(deletedAt)',
    ExpressionAttributeValues: { ':one': 1 },
  };
  return [{ Update, ifNot: 'maker_deleted' }];
}

/** Erases the payment details of an ended trade, and takes it out of the timer's index. */
export const detailsErased = (TableName: string, { id }: Pick<Trade, 'id'>): Write<'gone'> => ({
  Update: {
    TableName,
    Key: tradeKey(id),
    UpdateExpression: 'REMOVE sealedDetails, expiryPk, expirySk',
    ConditionExpression: 'attribute_exists(pk)', // an update would write a new row
  },
  ifNot: 'gone',
});

/**
 * The writes that erase a deleted party from an ended trade. The stored answer keeps the trade's id, so that a repeated
 * request reads the trade again.
 */
export function forgettingWrites(TableName: string, trade: Trade, party: AccountId): Write<'gone'>[] {
  const isOwnTerms = trade.terms !== undefined && (makerOf(trade) ?? party) === party;
  const terms: Write = {
    Update: { TableName, Key: tradeKey(trade.id), UpdateExpression: 'REMOVE terms' },
  };
  const { dispute } = trade;
  const isOwnDispute = dispute && accountOf(trade, dispute.openedBy) === party;
  const reason: Write = {
    Update: {
      TableName,
      Key: tradeKey(trade.id),
      UpdateExpression: 'SET dispute.reason = :nothing',
      ExpressionAttributeValues: { ':nothing': '' },
    },
  };
  const answer: Write<'gone'> = {
    Update: {
      TableName,
      Key: idempotencyKey(trade.takerId ?? party, 'startTrade', trade.startKey ?? ''),
      UpdateExpression: 'SET remembered.body = :id',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeValues: { ':id': JSON.stringify({ id: trade.id }) },
    },
    ifNot: 'gone',
  };
  return [
    ...(isOwnTerms ? [terms] : []),
    ...(isOwnDispute ? [reason] : []),
    ...(trade.sellerId === party && trade.sealedDetails !== undefined
      ? [detailsErased(TableName, trade)]
      : []),
    ...(trade.startKey !== undefined ? [answer] : []),
  ];
}

/**
 * The counters that change when a trade ends: completed trades of both parties, the dispute that one has lost, and open
 * trades of taker and maker.
 * They need no condition, because the condition on the trade's version lets them change once.
 */
export function endWrites(TableName: string, trade: Trade): Write[] {
  if (!hasEnded(trade.state)) return [];
  const loser = loserOf(trade);
  return [trade.buyerId, trade.sellerId].flatMap((party) => {
    const counts = [
      ...(trade.state === 'completed' ? [['tradesCompleted', 1] as const] : []),
      ...(loser && party === accountOf(trade, loser) ? [['disputesLost', 1] as const] : []),
      ...(party === trade.takerId ? [['openTaken', -1] as const] : []),
      ...(trade.countsForMaker && party === makerOf(trade) ? [['openMade', -1] as const] : []),
    ];
    if (!counts.length) return [];
    const Update = {
      TableName,
      Key: personKey(party),
      UpdateExpression: `ADD ${counts.map(([name]) => `${name} :${name}`).join(', ')}`,
      ExpressionAttributeValues: Object.fromEntries(counts.map(([name, change]) => [`:${name}`, change])),
    };
    return [{ Update }];
  });
}
