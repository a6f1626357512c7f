import { randomBytes } from 'node:crypto';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  ReceiveMessageCommand,
} from '@aws-sdk/client-sqs';
import { memoryWorld } from '#adapters/memory/world.ts';
import { queueClient } from '#adapters/sqs/client.ts';
import { sqsPayoutQueue } from '#adapters/sqs/payout-queue.ts';
import type { WithdrawalId } from '#core/ids.ts';

const [one, two] = ['one' as WithdrawalId, 'two' as WithdrawalId];

function fake() {
  const { queue } = memoryWorld().ports;
  return { queue, received: async () => queue.messages, close: async () => {} };
}

/** A queue of this suite's own: the sandbox's has a worker that would take the messages away. */
async function real() {
  const client = queueClient();
  const QueueName = `test-${randomBytes(4).toString('hex')}.fifo`;
  const { QueueUrl } = await client.send(
    new CreateQueueCommand({ QueueName, Attributes: { FifoQueue: 'true' } }),
  );
  const received: WithdrawalId[] = [];
  return {
    queue: sqsPayoutQueue(client, QueueUrl!),
    async received() {
      // One message of a group at a time: the next comes when this one is gone.
      for (;;) {
        const receive = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 });
        const [message] = (await client.send(receive)).Messages ?? [];
        if (!message) return received;
        received.push(JSON.parse(message.Body!).withdrawalId);
        await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
      }
    },
    async close() {
      await client.send(new DeleteQueueCommand({ QueueUrl }));
      client.destroy();
    },
  };
}

test.each([
  ['memory', async () => fake()],
  ['SQS', real],
] as const)('delivers messages in order, each attempt once (%s)', async (_, open) => {
  const { queue, received, close } = await open();
  await queue.send(one, 1);
  await queue.send(two, 1);
  await queue.send(one, 1);
  await queue.send(one, 2);
  expect(await received()).toEqual([one, two, one]);
  await close();
});
