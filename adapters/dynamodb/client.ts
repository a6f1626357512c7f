import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** An item as the document client reads it: every `N` is a bigint, exact to the last piconero. */
export type Item = Record<string, unknown>;

/** The document client all adapters share: a store that is down is reported within seconds. Endpoint, region and credentials come from the AWS SDK's own variables. */
export function documentClient(): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(
    new DynamoDBClient({
      maxAttempts: 3,
      // Without the last one the SDK only warns, and waits for ever for a store that took the request and hangs. A
      // process that answers a hundred requests at once may need a second until it gets round to a new connection.
      requestHandler: { connectionTimeout: 3_000, requestTimeout: 3_000, throwOnRequestTimeout: true },
    }),
    {
      marshallOptions: { removeUndefinedValues: true },
      unmarshallOptions: { wrapNumbers: (digits) => BigInt(digits) },
    },
  );
}
