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
 * Somebody without any right asks for the list of tables.
 * @throws an Error unless they are turned away: then what a deploy grants would prove nothing here
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
