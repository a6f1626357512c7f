import { randomBytes } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { awsClient } from '#adapters/aws/client.ts';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { tradeItem } from '#adapters/dynamodb/trade-items.ts';
import { dynamoTrades } from '#adapters/dynamodb/trades.ts';
import { provisionTables } from '#sandbox/provision/provision.ts';
import { declaredTables } from '#stage/resources.ts';
import { tradeWith } from '#tests/helpers/entities.ts';
import { storeParts } from '#tests/helpers/store-parts.ts';

const trade = tradeWith({ state: 'payment_sent', version: 2 });

test('trades of before the indexes by state are found by their state', async () => {
  const stage = `test-${randomBytes(4).toString('hex')}`;
  const engine = awsClient(DynamoDBClient, {});
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

  const trades = dynamoTrades(
    client,
    { trades: table, ledger: '', people: '', offers: '' },
    storeParts({ events: '', notices: '' }),
  );
  for (const party of [trade.buyerId, trade.sellerId]) {
    expect(await trades.ofParty(party, { limit: 10 }, ['payment_sent'])).toEqual({ items: [trade] });
    expect(await trades.ofParty(party, { limit: 10 }, ['completed'])).toEqual({ items: [] });
  }
  engine.destroy();
});
