import type { AccountId } from '#core/ids.ts';
import type { Trade } from '#core/trades/trades.ts';
import type { Item } from './client.ts';
import { entityOf, sortable } from './items.ts';
import { personKey, tradeKey } from './keys.ts';
import type { Write } from './transact.ts';

/** Unpaid trades wait for the timer in this many partitions, so that no index key runs hot. */
export const EXPIRY_SHARDS = 4;

export const expiryPk = (shard: number) => `unpaid#${shard}`;
export const expirySk = (at: number, id: string) => `${sortable(at)}#${id}`;

const shardOf = (id: string) => (id.charCodeAt(id.length - 1) + id.charCodeAt(id.length - 2)) % EXPIRY_SHARDS;

/** The parties' index keys never change, so that only the first write pays for them; the timer's go with the payment. */
export function toItem(trade: Trade): Item {
  const waits = trade.state === 'awaiting_payment' && {
    expiryPk: expiryPk(shardOf(trade.id)),
    expirySk: expirySk(trade.paymentExpiresAt, trade.id),
  };
  return { ...tradeKey(trade.id), ...trade, buyerSk: trade.id, sellerSk: trade.id, ...waits };
}

export const tradeFromItem = (item: Item) =>
  entityOf<Trade>(item, ['paymentExpiresAt', 'createdAt', 'changedAt', 'version']);

export const addWrite = (TableName: string, trade: Trade): Write<'already_settled'> => ({
  Put: { TableName, Item: toItem(trade), ConditionExpression: 'attribute_not_exists(pk)' },
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
