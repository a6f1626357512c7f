import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { DeleteParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { awsClient } from '#adapters/aws/client.ts';
import { person } from '#tests/helpers/person.ts';
import { theSandbox } from '#tests/helpers/sandbox.ts';
import { aTrade } from '#tests/helpers/trade.ts';
import { until } from '#tests/helpers/until.ts';
import { TRIES } from '#tests/localstack/changed-copy.ts';

const { apiUrl, stage } = theSandbox();

test('the new index is there', async () => {
  const TableName = `pupero-${stage}-halts`;
  const database = awsClient(DynamoDBClient, {});
  const look = async () => {
    const { Table } = await database.send(new DescribeTableCommand({ TableName }));
    return Table?.GlobalSecondaryIndexes?.map(({ IndexName, IndexStatus }) => `${IndexName} ${IndexStatus}`);
  };
  expect(await until(look, (seen) => seen?.[0]?.endsWith('ACTIVE') ?? false)).toEqual(['by-test ACTIVE']);
});

test('the changed function answers the new route, and IAM lets auth neither write the ledger nor read the wallet’s secret', async () => {
  const answer = await fetch(`${apiUrl}${TRIES}`);
  expect({ status: answer.status, tries: await answer.json() }).toEqual({
    status: 200,
    tries: {
      writingTheLedger: 'AccessDeniedException',
      readingTheWalletsSecret: 'AccessDeniedException',
    },
  });
});

test('people continue to trade', async () => {
  const { buyer } = await aTrade({ state: 'completed' });
  expect(await buyer.wallet()).toMatchObject({ availableXmr: '2', heldXmr: '0' });
});

test('a function whose secret is missing does not start, and names it', async () => {
  await person();
  await awsClient(SSMClient, {}).send(new DeleteParameterCommand({ Name: `/pupero/${stage}/TOTP_KEY` }));
  const lambda = awsClient(LambdaClient, {});
  const FunctionName = `pupero-${stage}-auth`;
  // A change of any setting makes it start again.
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 640 }));
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: 30 }, { FunctionName });
  const { FunctionError, Payload } = await lambda.send(new InvokeCommand({ FunctionName, Payload: '{}' }));
  expect(FunctionError).toBeTruthy();
  const place = `/pupero/${stage}/TOTP_KEY`;
  expect(Payload?.transformToString()).toContain(
    `TOTP_KEY is missing (there is no ${place} in Parameter Store)`,
  );
});
