import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { queueClient } from '#adapters/sqs/client.ts';
import { until } from './until.ts';

const waiting = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;

/**
 * Waits until the sandbox's payer has nothing to do. A story with its own payer begins with this, because both payers
 * would want the same lease and the same coins. Afterwards nothing wakes the sandbox's payer, because no schedule runs
 * in tests.
 */
export async function payerIsIdle(): Promise<void> {
  const client = queueClient();
  const messages = async () => {
    const command = new GetQueueAttributesCommand({
      QueueUrl: process.env.PAYOUT_QUEUE_URL,
      AttributeNames: [...waiting],
    });
    const { Attributes = {} } = await client.send(command);
    return waiting.reduce((sum, name) => sum + Number(Attributes[name]), 0);
  };
  try {
    await until(messages, (count) => count === 0);
  } finally {
    client.destroy();
  }
}
