import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { queueClient } from './client.ts';

/** Asks the queue how many messages wait, to learn whether it answers within a second or two. */
export function queuePing(QueueUrl: string) {
  const client = queueClient({ maxAttempts: 1 });
  const AttributeNames = ['ApproximateNumberOfMessages' as const];
  return () => client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
}
