import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { CoverQueue } from '#core/offers/ask-for-cover.ts';

/** The index that lists an owner's offers shows each write within this time, in seconds. */
const INDEX_LAG_SECONDS = 1;

export function sqsCoverQueue(client: SQSClient, QueueUrl: string): CoverQueue {
  return {
    async send(accountId) {
      const MessageBody = JSON.stringify({ accountId });
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds: INDEX_LAG_SECONDS }));
    },
  };
}
