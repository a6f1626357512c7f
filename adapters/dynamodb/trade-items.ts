import type { AccountId } from '#core/ids.ts';
import { hasEnded } from '#core/trades/states.ts';
import type { Trade } from '#core/trades/trades.ts';
import type { Item } from './client.ts';
import { expiryOrder, expiryPartition, tradesIn } from './indexes.ts';
import { entityOf } from './items.ts';
import { personKey, tradeKey } from './keys.ts';
import type { Write } from './transact.ts';

/** A trade as stored. Only an unpaid one has the keys of the timer's index. */
export function tradeItem(trade: Trade): Item {
  const waits = trade.state === 'awaiting_payment' && {
    expiryPk: expiryPartition(trade.id),
    expirySk: expiryOrder(trade.paymentExpiresAt, trade.id),
  };
  return {
    ...tradeKey(trade.id),
    ...trade,
    buyerSk: trade.id,
    sellerSk: trade.id,
    buyerStatePk: tradesIn(trade.buyerId, trade.state),
    sellerStatePk: tradesIn(trade.sellerId, trade.state),
    ...waits,
  };
}

export const tradeFromItem = (item: Item) =>
  entityOf<Trade>(item, ['paymentExpiresAt', 'createdAt', 'changedAt', 'version']);

export const addWrite = (TableName: string, trade: Trade): Write<'already_settled'> => ({
  Put: { TableName, Item: tradeItem(trade), ConditionExpression: 'attribute_not_exists(pk)' },
  ifNot: 'already_settled',
});

/** The race it closes: parallel trades of one taker that are each within the limit and together above it. */
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
      'attribute_not_exists(openTaken) OR openTaken < :few OR (tradesCompleted >= :one AND openTaken < :many)',
    ExpressionAttributeValues: { ':one': 1, ':few': untilFirstCompleted, ':many': afterwards },
  },
  ifNot: 'too_many_open',
});

/**
 * The counters that change when a trade ends: completed trades of both parties, and open trades of the taker. They need
 * no condition, because the condition on the trade's version lets them change once.
 */
export function endWrites(TableName: string, trade: Trade): Write[] {
  if (!hasEnded(trade.state)) return [];
  return [trade.buyerId, trade.sellerId].flatMap((party) => {
    const counts = [
      ...(trade.state === 'completed' ? [['tradesCompleted', 1] as const] : []),
      ...(party === trade.takerId ? [['openTaken', -1] as const] : []),
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
