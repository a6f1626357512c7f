import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type TableDescription,
  UpdateTableCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { PEOPLE_BY_NAME, TRADES_BY_BUYER_STATE, TRADES_BY_SELLER_STATE } from '#adapters/dynamodb/indexes.ts';
import { declaredQueues, declaredTables, type TableResource } from '#stage/resources.ts';
import { fillNames } from './people-names.ts';
import { fillTradeStates } from './trade-states.ts';

/**
 * Makes the missing tables of infra/tables, and the missing indexes of existing ones.
 * @returns the number of all tables
 */
export async function provisionTables(client: DynamoDBClient, stage: string): Promise<number> {
  const tables = declaredTables(stage);
  await Promise.all(tables.map((table) => provisionTable(client, table)));
  return tables.length;
}

async function provisionTable(client: DynamoDBClient, table: TableResource) {
  const existing = await describe(client, table.input.TableName);
  if (existing) return addMissingIndexes(client, table, existing);
  await client.send(new CreateTableCommand(table.input));
  if (table.ttl) {
    const { TableName } = table.input;
    await client.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification: table.ttl }));
  }
}

async function addMissingIndexes(
  client: DynamoDBClient,
  { input }: TableResource,
  existing: TableDescription,
) {
  const keys = (schema: TableDescription['KeySchema']) => JSON.stringify(schema);
  if (keys(existing.KeySchema) !== keys(input.KeySchema)) {
    throw new Error(
      `${input.TableName} has other keys: it is of another version. Use "npm start -- --reset".`,
    );
  }
  const known = new Set(existing.GlobalSecondaryIndexes?.map((index) => index.IndexName));
  const missing = (input.GlobalSecondaryIndexes ?? []).filter(({ IndexName }) => !known.has(IndexName));
  const { TableName = '', AttributeDefinitions } = input;
  const lacks = (...indexes: { name: string }[]) =>
    missing.some(({ IndexName }) => indexes.some(({ name }) => name === IndexName));
  if (lacks(TRADES_BY_BUYER_STATE, TRADES_BY_SELLER_STATE)) await fillTradeStates(client, TableName);
  if (lacks(PEOPLE_BY_NAME)) await fillNames(client, TableName);
  for (const Create of missing) {
    const GlobalSecondaryIndexUpdates = [{ Create }];
    await client.send(
      new UpdateTableCommand({ TableName, AttributeDefinitions, GlobalSecondaryIndexUpdates }),
    );
  }
}

async function describe(client: DynamoDBClient, TableName: string | undefined) {
  try {
    return (await client.send(new DescribeTableCommand({ TableName }))).Table;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** Makes the queues of infra/queues.yml that are missing; returns each one's URL by its logical name. */
export async function provisionQueues(client: SQSClient, stage: string): Promise<Record<string, string>> {
  const urls: Record<string, string> = {};
  for (const { logicalId, name, attributes, deadLettersTo } of declaredQueues(stage)) {
    const { maxReceiveCount, ...Attributes } = attributes;
    if (deadLettersTo) {
      const deadLetterTargetArn = await arnOf(client, urls[deadLettersTo]);
      Attributes.RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
    }
    urls[logicalId] = await urlOf(client, name, Attributes);
  }
  return urls;
}

async function urlOf(client: SQSClient, QueueName: string, Attributes: Record<string, string>) {
  const { QueueUrl } = await client
    .send(new GetQueueUrlCommand({ QueueName }))
    .catch(() => client.send(new CreateQueueCommand({ QueueName, Attributes })));
  if (!QueueUrl) throw new Error(`The queue engine made ${QueueName} without an address.`);
  return QueueUrl;
}

async function arnOf(client: SQSClient, QueueUrl: string | undefined) {
  const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] });
  return (await client.send(asked)).Attributes?.QueueArn;
}

/** Makes the bucket of pictures if it is missing, in an engine that has it in its path. */
export async function provisionBucket(endpoint: string, bucket: string): Promise<void> {
  const { ok, status } = await fetch(`${endpoint}/${bucket}`, { method: 'PUT' });
  // 409: it exists already.
  if (!ok && status !== 409) throw new Error(`The engine answered ${status} to a new bucket ${bucket}.`);
}
