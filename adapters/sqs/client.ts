import { SQSClient } from '@aws-sdk/client-sqs';
import { awsClient } from '../aws/client.ts';

/**
 * The client of the queue. It throws `Unavailable` within seconds if the queue does not answer, because the schedule
 * sends again. It connects to the SDK's endpoint and not to the host in the queue's URL, because an emulator names a
 * host there that only it can resolve.
 */
export function queueClient({ maxAttempts = 2 } = {}): SQSClient {
  const requestHandler = { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true };
  return awsClient(SQSClient, { maxAttempts, useQueueUrlAsEndpoint: false, requestHandler }, 'queue');
}
