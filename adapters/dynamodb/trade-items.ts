import type { AccountId } from '#core/ids.ts';
import { hasEnded } from '#core/trades/states.ts';
import type { Trade } from '#core/trades/trades.ts';
import type { Item } from './client.ts';
import { expiryOrder, expiryPartition, tradesIn } from './indexes.ts';
import { entityOf } from './items.ts';
import { personKey, tradeKey } from './keys.ts';
import type { Write } from './transact.ts';

/** The timer's index keys go with the payment. */
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

/** The race it closes: many trades taken at once, each within the limit, together above it. */
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
 * What the end of a trade changes of its parties: a completed one counts for both, and its taker has one open trade
 * less. Needs no condition of its own, because the trade's version lets it happen once.
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
