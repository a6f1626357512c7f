import middy, { type MiddlewareObj } from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type * as z from 'zod';
import { log } from '../log.ts';
import { withRequestId } from '../request-id.ts';

/**
 * The handler of a queue. It parses each message and handles them in the order of the queue. A message that fails is
 * delivered again, together with all messages after it, until the queue moves it to the dead letters.
 */
export function queueConsumer<T>(
  name: string,
  message: z.ZodType<T>,
  handle: (message: T) => Promise<unknown>,
) {
  const handler = middy<SQSEvent, SQSBatchResponse>()
    .use(batchLine(name))
    .handler(async ({ Records }) => {
      for (const [at, record] of Records.entries()) {
        if (await failed(record)) return failuresOf(Records.slice(at));
      }
      return failuresOf([]);
    });
  return withRequestId(handler);

  async function failed(record: SQSRecord): Promise<boolean> {
    try {
      await handle(message.parse(JSON.parse(record.body)));
      return false;
    } catch (error) {
      log.error('message failed', { name, messageId: record.messageId, error: error as Error });
      return true;
    }
  }
}

const failuresOf = (records: SQSRecord[]): SQSBatchResponse => ({
  batchItemFailures: records.map(({ messageId }) => ({ itemIdentifier: messageId })),
});

/** One log line for each batch. */
const batchLine = (name: string): MiddlewareObj<SQSEvent, SQSBatchResponse> => ({
  after: ({ event, response }) => {
    log.info('batch', {
      name,
      messages: event.Records.length,
      failed: response?.batchItemFailures.length ?? 0,
    });
  },
});
