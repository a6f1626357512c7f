import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';

export type Subscription = { functionName: string; queueName: string; batchSize: number };

/**
 * How long a message stays hidden after a sign of life from the function's process, and how often one is given. Short,
 * because a message whose reader died holds up all that stand behind it in its group.
 */
const hiddenSeconds = 15;
const renewedEveryMs = 5_000;
/** How soon a failed message comes again. */
const againAfterSeconds = 1;
/** Pause before an engine that cannot be reached is asked again. */
const retryEveryMs = 500;

/** Hands messages to the function until `signal` aborts; an engine that is away is asked again. */
export async function pollQueue(subscription: Subscription, signal: AbortSignal): Promise<void> {
  const client = new SQSClient({ useQueueUrlAsEndpoint: false });
  let QueueUrl: string | undefined;
  while (!signal.aborted) {
    try {
      QueueUrl ??= (await client.send(new GetQueueUrlCommand({ QueueName: subscription.queueName })))
        .QueueUrl;
      await receiveOnce(client, QueueUrl, subscription, signal);
    } catch (error) {
      if (signal.aborted) return;
      console.error(`queue ${subscription.queueName}: ${(error as Error).message}`);
      await sleep(retryEveryMs, undefined, { ref: false });
    }
  }
}

async function receiveOnce(
  client: SQSClient,
  QueueUrl: string | undefined,
  { functionName, batchSize }: Subscription,
  abortSignal: AbortSignal,
) {
  const receive = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: batchSize,
    WaitTimeSeconds: 20,
    VisibilityTimeout: hiddenSeconds,
    MessageSystemAttributeNames: ['All'],
    MessageAttributeNames: ['All'],
  });
  const { Messages = [] } = await client.send(receive, { abortSignal });
  if (Messages.length === 0) return;
  const hideFor = (seconds: number) => (message: Message) => {
    const which = { QueueUrl, ReceiptHandle: message.ReceiptHandle };
    return client.send(new ChangeMessageVisibilityCommand({ ...which, VisibilityTimeout: seconds }));
  };
  const renewal = setInterval(() => {
    // An engine that cannot be reached shows the message again when it is back; the payer takes it twice.
    for (const message of Messages) hideFor(hiddenSeconds)(message).catch(() => {});
  }, renewedEveryMs);
  try {
    const failed = await failuresOf(functionName, Messages);
    for (const message of Messages) {
      const settle = failed.has(message.MessageId ?? '')
        ? hideFor(againAfterSeconds)
        : ({ ReceiptHandle }: Message) => client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      await settle(message);
    }
  } finally {
    clearInterval(renewal);
  }
}

/** The ids of the messages that must come again: all of them when the function itself failed. */
async function failuresOf(functionName: string, messages: Message[]): Promise<Set<string>> {
  const all = new Set(messages.map((message) => message.MessageId ?? ''));
  const host = process.env.PUPERO_LAMBDA_URL ?? 'http://127.0.0.1:3002';
  const response = await fetch(`${host}/2015-03-31/functions/${functionName}/invocations`, {
    method: 'POST',
    body: JSON.stringify({ Records: messages.map(toRecord) }),
  });
  const text = await response.text();
  if (!response.ok || response.headers.has('x-amz-function-error')) return all;
  const failures: { itemIdentifier: string }[] = text ? (JSON.parse(text).batchItemFailures ?? []) : [];
  // Lambda takes an unknown or empty identifier as the failure of the whole batch.
  if (failures.some(({ itemIdentifier }) => !all.has(itemIdentifier))) return all;
  return new Set(failures.map(({ itemIdentifier }) => itemIdentifier));
}

function toRecord(message: Message) {
  return {
    messageId: message.MessageId,
    receiptHandle: message.ReceiptHandle,
    body: message.Body,
    md5OfBody: message.MD5OfBody,
    attributes: message.Attributes ?? {},
    messageAttributes: message.MessageAttributes ?? {},
    eventSource: 'aws:sqs',
    awsRegion: process.env.AWS_REGION ?? 'us-east-1',
  };
}
