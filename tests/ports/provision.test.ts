import { randomBytes } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { tradeItem } from '#adapters/dynamodb/trade-items.ts';
import { dynamoTrades } from '#adapters/dynamodb/trades.ts';
import type { AccountId, OfferId, TradeId, TransferId } from '#core/ids.ts';
import { asMinorUnits } from '#core/money/fiat.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { asInstant } from '#core/time.ts';
import type { Trade } from '#core/trades/trades.ts';
import { provisionTables } from '#sandbox/provision/provision.ts';
import { declaredTables } from '#stage/resources.ts';

const trade: Trade = {
  id: '01J0000000TRADE' as TradeId,
  offerId: '01J0000000OFFER' as OfferId,
  buyerId: 'buyer' as AccountId,
  sellerId: 'seller' as AccountId,
  state: 'payment_sent',
  amountPiconero: asPiconero(2n),
  amountFiat: asMinorUnits(100n),
  currency: 'EUR',
  fiatPerXmr: asMinorUnits(15_000n),
  method: 'sepa',
  holdId: '01J00000000HOLD' as TransferId,
  paymentExpiresAt: asInstant(2_000),
  createdAt: asInstant(1_000),
  changedAt: asInstant(1_000),
  version: 2,
};

test('trades of before the indexes by state are found by their state', async () => {
  const stage = `test-${randomBytes(4).toString('hex')}`;
  const engine = new DynamoDBClient({});
  const table = `pupero-${stage}-trades`;
  const { input } = declaredTables(stage).find(({ input }) => input.TableName === table)!;
  const isOld = ({ IndexName = '' }) => !IndexName.endsWith('-state');
  const old = {
    ...input,
    GlobalSecondaryIndexes: input.GlobalSecondaryIndexes?.filter(isOld),
    AttributeDefinitions: input.AttributeDefinitions?.filter(
      ({ AttributeName = '' }) => !/State/.test(AttributeName),
    ),
  };
  await engine.send(new CreateTableCommand(old));
  const { buyerStatePk: _, sellerStatePk: __, ...item } = tradeItem(trade);
  const client = documentClient();
  await client.send(new PutCommand({ TableName: table, Item: item }));

  await provisionTables(engine, stage);

  const trades = dynamoTrades(client, { trades: table, ledger: '', people: '', offers: '' });
  for (const party of [trade.buyerId, trade.sellerId]) {
    expect(await trades.ofParty(party, { limit: 10 }, ['payment_sent'])).toEqual({ items: [trade] });
    expect(await trades.ofParty(party, { limit: 10 }, ['completed'])).toEqual({ items: [] });
  }
  engine.destroy();
});
