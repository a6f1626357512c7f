import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { IAMClient, ListRolesCommand, ListUsersCommand } from '@aws-sdk/client-iam';
import { LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { DescribeParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { awsClient } from '#adapters/aws/client.ts';

type Names = (string | undefined)[];

/** All resources on AWS with `stage` in their names, each as `kind name`. */
export async function leftoversOf(stage: string): Promise<string[]> {
  const kinds: Record<string, () => Promise<Names>> = {
    table: async () => (await awsClient(DynamoDBClient, {}).send(new ListTablesCommand({}))).TableNames ?? [],
    queue: async () => (await awsClient(SQSClient, {}).send(new ListQueuesCommand({}))).QueueUrls ?? [],
    function: async () => {
      const { Functions = [] } = await awsClient(LambdaClient, {}).send(new ListFunctionsCommand({}));
      return Functions.map(({ FunctionName }) => FunctionName);
    },
    role: async () => {
      const { Roles = [] } = await awsClient(IAMClient, {}).send(new ListRolesCommand({}));
      return Roles.map(({ RoleName }) => RoleName);
    },
    user: async () => {
      const { Users = [] } = await awsClient(IAMClient, {}).send(new ListUsersCommand({}));
      return Users.map(({ UserName }) => UserName);
    },
    bucket: async () => {
      const { Buckets = [] } = await awsClient(S3Client, { forcePathStyle: true }).send(
        new ListBucketsCommand({}),
      );
      return Buckets.map(({ Name }) => Name);
    },
    parameter: async () => {
      const { Parameters = [] } = await awsClient(SSMClient, {}).send(
        new DescribeParametersCommand({ MaxResults: 50 }),
      );
      return Parameters.map(({ Name }) => Name);
    },
    stack: async () => {
      const { StackSummaries = [] } = await awsClient(CloudFormationClient, {}).send(
        new ListStacksCommand({}),
      );
      return StackSummaries.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE').map(
        ({ StackName }) => StackName,
      );
    },
  };
  const found = await Promise.all(
    Object.entries(kinds).map(async ([kind, list]) =>
      (await list()).filter((name) => name?.includes(stage)).map((name) => `${kind} ${name}`),
    ),
  );
  return found.flat();
}
