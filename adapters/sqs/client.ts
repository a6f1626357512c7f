import { SQSClient } from '@aws-sdk/client-sqs';

/**
 * A queue that is away is reported within seconds: the schedule sends again. The endpoint is the SDK's, not the host in
 * the queue's URL, which an emulator names by a host that only it knows.
 */
export const queueClient = ({ maxAttempts = 2 } = {}): SQSClient =>
  new SQSClient({
    maxAttempts,
    useQueueUrlAsEndpoint: false,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
  });
