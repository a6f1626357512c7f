import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { OUTERMOST, orUnavailable } from '../aws/unavailable.ts';

/** An item as the document client reads it: every `N` is a bigint, exact to the last piconero. */
export type Item = Record<string, unknown>;

/**
 * The document client of all adapters. It throws `Unavailable` within seconds if the database does not answer. Endpoint,
 * region and credentials come from the AWS SDK's variables.
 */
export function documentClient(): DynamoDBDocumentClient {
  const client = new DynamoDBClient({
    maxAttempts: 3,
    // Without `throwOnRequestTimeout` the SDK only warns, and waits without end for a store that hangs. A process that
    // answers a hundred requests at once may need a second to connect.
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  client.middlewareStack.add(orUnavailable('database'), OUTERMOST);
  return DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
    unmarshallOptions: { wrapNumbers: (digits) => BigInt(digits) },
  });
}
