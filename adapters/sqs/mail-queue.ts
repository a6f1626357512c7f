import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { MailQueue } from '#core/accounts/mail-jobs.ts';

/** @param isOn whether this installation sends mails */
export function sqsMailQueue(client: SQSClient, QueueUrl: string, isOn: boolean): MailQueue {
  return {
    isOn,
    async send(job) {
      await client.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(job) }));
    },
  };
}
