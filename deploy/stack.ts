import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';

const stackOf = (stage: string) => `pupero-${stage}`;

/** What a deployed stack says of itself: `SiteBucketName`, `HttpApiUrl`, …; `undefined` where there is none. */
export async function outputsOf(stage: string): Promise<Record<string, string> | undefined> {
  const client = new CloudFormationClient({});
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: stackOf(stage) }));
    const outputs = Stacks[0]?.Outputs ?? [];
    return Object.fromEntries(outputs.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
  } catch (error) {
    if (/does not exist/.test((error as Error).message)) return undefined;
    throw error;
  }
}

/** Lets the stack's tables be deleted, which nothing else does. Those that a stopped removal has deleted are passed over. */
export async function unprotectTables(stage: string): Promise<void> {
  const database = new DynamoDBClient({});
  const query = { StackName: stackOf(stage) };
  for await (const page of paginateListStackResources({ client: new CloudFormationClient({}) }, query)) {
    for (const { ResourceType, ResourceStatus, PhysicalResourceId } of page.StackResourceSummaries ?? []) {
      if (ResourceType !== 'AWS::DynamoDB::Table' || ResourceStatus === 'DELETE_COMPLETE') continue;
      const change = { TableName: PhysicalResourceId, DeletionProtectionEnabled: false };
      await database.send(new UpdateTableCommand(change));
    }
  }
}
