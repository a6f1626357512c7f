import type { AccountId } from '#core/ids.ts';
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

/** A completed trade counts for a party. Needs no condition of its own: the trade's version lets it happen once. */
export const countWrite = (TableName: string, id: AccountId): Write => ({
  Update: {
    TableName,
    Key: personKey(id),
    UpdateExpression: 'ADD tradesCompleted :one',
    ExpressionAttributeValues: { ':one': 1 },
  },
});
