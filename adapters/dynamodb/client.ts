import { DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { awsClient } from '../aws/client.ts';

/** An item as the document client reads it: every `N` is a bigint, exact to the last piconero. */
export type Item = Record<string, unknown>;

/**
 * The document client of all adapters. It throws `Unavailable` within seconds if the database does not answer.
 *
 * @param settings other than those of the SDK's variables
 */
export function documentClient(settings: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  const ownSettings = {
    maxAttempts: 3,
    // Without `throwOnRequestTimeout` the SDK only warns, and waits without end for a store that hangs. A process that
    // answers a hundred requests at once may need a second to connect.
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  };
  const client = awsClient(DynamoDBClient, { ...ownSettings, ...settings }, 'database');
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
    unmarshallOptions: { wrapNumbers: (digits) => BigInt(digits) },
  });
}
