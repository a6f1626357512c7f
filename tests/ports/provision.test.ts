import { randomBytes } from 'node:crypto';
import { CreateTableCommand, DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { awsClient } from '#adapters/aws/client.ts';
import { accountRows } from '#adapters/dynamodb/accounts.ts';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoNames, dynamoPeople } from '#adapters/dynamodb/people.ts';
import { tradeItem } from '#adapters/dynamodb/trade-items.ts';
import { dynamoTrades } from '#adapters/dynamodb/trades.ts';
import { provisionTables } from '#sandbox/provision/provision.ts';
import { declaredTables } from '#stage/resources.ts';
import { accountWith, tradeWith } from '#tests/helpers/entities.ts';
import { storeParts } from '#tests/helpers/store-parts.ts';

const trade = tradeWith({ state: 'payment_sent', version: 2 });

test('accounts of before the index of names are found by their names', async () => {
  const stage = `test-${randomBytes(4).toString('hex')}`;
  const engine = awsClient(DynamoDBClient, {});
  const table = (name: string) => `pupero-${stage}-${name}`;
  await provisionTables(engine, stage);
  const old = declaredTables(stage).find(({ input }) => input.TableName === table('people'))!.input;
  await engine.send(new DeleteTableCommand({ TableName: old.TableName }));
  const { GlobalSecondaryIndexes: _, AttributeDefinitions, ...input } = old;
  const keys = AttributeDefinitions!.filter(({ AttributeName }) => AttributeName!.length === 2);
  await engine.send(new CreateTableCommand({ ...input, AttributeDefinitions: keys }));
  const client = documentClient();
  const account = accountWith({ username: 'Older' });
  const [, row, person] = accountRows({ accounts: table('accounts'), people: table('people') }, account);
  await client.send(new PutCommand(row!.Put));
  const { namePk: __, nameSk: ___, since: ____, ...before } = person!.Put.Item as Record<string, unknown>;
  await client.send(new PutCommand({ TableName: table('people'), Item: { ...before, tradesCompleted: 3 } }));

  await provisionTables(engine, stage);

  expect(await dynamoNames(client, table('people')).named('older')).toBe(account.id);
  const people = await dynamoPeople(client, table('people')).getMany([account.id]);
  expect(people.get(account.id)).toEqual({
    username: 'Older',
    tradesCompleted: 3,
    since: account.createdAt,
  });
  engine.destroy();
});

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
