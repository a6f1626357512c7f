import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { PayoutQueue } from '#core/withdrawals/ports.ts';

/** One group, so that messages come one after the other. SQS drops a repeated message of the same attempt. */
export function sqsPayoutQueue(client: SQSClient, QueueUrl: string): PayoutQueue {
  return {
    async send(id, attempt) {
      await client.send(
        new SendMessageCommand({
          QueueUrl,
          MessageBody: JSON.stringify({ withdrawalId: id }),
          MessageGroupId: 'payouts',
          MessageDeduplicationId: `${id}:${attempt}`,
        }),
      );
    },
  };
}
