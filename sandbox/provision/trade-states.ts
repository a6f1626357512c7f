import { type DynamoDBClient, paginateScan, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { tradesIn } from '#adapters/dynamodb/indexes.ts';
import type { AccountId } from '#core/ids.ts';
import type { TradeState } from '#core/trades/states.ts';

/**
 * Adds the keys of by-buyer-state and by-seller-state to trades that are older than these indexes. It runs before the
 * indexes are made, so that the next start repeats an interrupted run.
 */
export async function fillTradeStates(client: DynamoDBClient, TableName: string): Promise<void> {
  const pages = paginateScan(
    { client },
    {
      TableName,
      FilterExpression: 'attribute_exists(buyerSk) AND attribute_not_exists(buyerStatePk)',
      ProjectionExpression: 'pk, sk, buyerId, sellerId, #state',
      ExpressionAttributeNames: { '#state': 'state' },
    },
  );
  for await (const { Items = [] } of pages) {
    for (const { pk, sk, buyerId, sellerId, state } of Items) {
      const keyOf = (party: typeof buyerId) => ({
        S: tradesIn(party?.S as AccountId, state?.S as TradeState),
      });
      const update = new UpdateItemCommand({
        TableName,
        Key: { pk: pk!, sk: sk! },
        UpdateExpression: 'SET buyerStatePk = :buyer, sellerStatePk = :seller',
        ExpressionAttributeValues: { ':buyer': keyOf(buyerId), ':seller': keyOf(sellerId) },
      });
      await client.send(update);
    }
  }
}
