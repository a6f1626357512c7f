import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { HintQueue } from '#core/live/ports.ts';
import type { Log } from '#core/log.ts';
import { SECOND_MS } from '#core/time.ts';

/** A hint that the queue does not take is lost and logged, because it must not fail the change that it tells of. */
export function sqsHintQueue(client: SQSClient, QueueUrl: string, log: Pick<Log, 'warn'>): HintQueue {
  return {
    async send(job, delayMs = 0) {
      const command = new SendMessageCommand({
        QueueUrl,
        MessageBody: JSON.stringify(job),
        ...(delayMs > 0 && { DelaySeconds: Math.ceil(delayMs / SECOND_MS) }),
      });
      await client.send(command).catch((error) => log.warn('hint lost', { error }));
    },
  };
}
