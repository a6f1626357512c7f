import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';

/** Asks the queue how many messages wait, to learn whether it answers within a second or two. */
export function queuePing(QueueUrl: string) {
  const client = new SQSClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000 },
  });
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  return () => client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
}
