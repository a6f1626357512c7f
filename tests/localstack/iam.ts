import { randomBytes } from 'node:crypto';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import {
  CreateAccessKeyCommand,
  CreateUserCommand,
  DeleteAccessKeyCommand,
  DeleteUserCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { awsClient } from '#adapters/aws/client.ts';

/**
 * Lists the tables as a user without any right.
 * @throws an Error unless that is refused, because then the deployed grants would prove nothing
 */
export async function expectIamToBeEnforced(): Promise<void> {
  const iam = awsClient(IAMClient, {});
  const UserName = `pupero-test-nobody-${randomBytes(4).toString('hex')}`;
  await iam.send(new CreateUserCommand({ UserName }));
  try {
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName }));
    const { AccessKeyId = '', SecretAccessKey = '' } = AccessKey ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
    const asked = awsClient(DynamoDBClient, { credentials }).send(new ListTablesCommand({}));
    const refusal = await asked.then(
      () => 'nothing: it answered',
      ({ name }: Error) => name,
    );
    await iam.send(new DeleteAccessKeyCommand({ UserName, AccessKeyId }));
    if (!/AccessDenied/.test(refusal))
      throw new Error(`This emulator does not enforce IAM: a user without rights got ${refusal}. ${HOW_TO}`);
  } finally {
    await iam.send(new DeleteUserCommand({ UserName }));
  }
}

const HOW_TO = 'Start it with AUTH=true (MiniStack) or ENFORCE_IAM=1 (LocalStack).';
