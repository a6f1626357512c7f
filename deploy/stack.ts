import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  DeleteTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
  UpdateTableCommand,
} from '@aws-sdk/client-dynamodb';
import { awsClient } from '#adapters/aws/client.ts';
import { tableNames } from '#stage/resources.ts';

const stackOf = (stage: string) => `pupero-${stage}`;

/** The outputs of a deployed stack: `SiteBucketName`, `HttpApiUrl`, …; `undefined` where there is no stack. */
export async function outputsOf(stage: string): Promise<Record<string, string> | undefined> {
  const client = awsClient(CloudFormationClient, {});
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackOf(stage) }));
    const outputs = Stacks[0]?.Outputs ?? [];
    return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return undefined;
    throw error;
  }
}

/**
 * The stage's existing tables, found by name. A failed first deploy is rolled back, but protected tables stay and no
 * longer belong to a stack.
 */
export async function tablesOf(stage: string): Promise<string[]> {
  const client = awsClient(DynamoDBClient, {});
  const names = Object.values(tableNames(stage));
  const there = await Promise.all(
    names.map((TableName) => unlessMissing(client, new DescribeTableCommand({ TableName }))),
  );
  return names.filter((_, at) => there[at] !== undefined);
}

/** Turns the deletion protection of tables off. Nothing else does. */
export async function unprotectTables(names: readonly string[]): Promise<void> {
  const client = awsClient(DynamoDBClient, {});
  for (const TableName of names)
    await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: false }));
}

/** Deletes tables that a removed stack has left, because they no longer belonged to it. */
export async function deleteTables(names: readonly string[]): Promise<void> {
  const client = awsClient(DynamoDBClient, {});
  for (const TableName of names) await unlessMissing(client, new DeleteTableCommand({ TableName }));
}

async function unlessMissing(client: DynamoDBClient, command: DescribeTableCommand | DeleteTableCommand) {
  try {
    return await client.send(command as DescribeTableCommand);
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}
