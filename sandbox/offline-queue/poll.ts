import { setTimeout as sleep } from 'node:timers/promises';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueUrlCommand,
  type Message,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { awsClient } from '#adapters/aws/client.ts';
import { FunctionFailed, invokeFunction, type LambdaTarget } from '../parts/invoke.ts';

export type Subscription = {
  lambda: LambdaTarget;
  /** The function's short name. */
  functionName: string;
  queueName: string;
  batchSize: number;
};

/** Visibility time-out of a message in progress. Short, because a dead reader's message blocks its group. */
const HIDDEN_SECONDS = 15;
/** Interval at which a running function's message is hidden again. */
const RENEWED_EVERY_MS = 5_000;
/** Delay before a failed message is delivered again. */
const AGAIN_AFTER_SECONDS = 1;
/** Pause after an engine could not be reached. */
const RETRY_EVERY_MS = 500;

/** Delivers messages to the function until `signal` aborts. Retries while the engine cannot be reached. */
export async function pollQueue(subscription: Subscription, signal: AbortSignal): Promise<void> {
  const client = awsClient(SQSClient, { useQueueUrlAsEndpoint: false });
  let QueueUrl: string | undefined;
  while (!signal.aborted) {
    try {
      QueueUrl ??= (await client.send(new GetQueueUrlCommand({ QueueName: subscription.queueName })))
        .QueueUrl;
      await receiveOnce(client, QueueUrl, subscription, signal);
    } catch (error) {
      if (signal.aborted) return;
      console.error(`queue ${subscription.queueName}: ${(error as Error).message}`);
      await sleep(RETRY_EVERY_MS, undefined, { ref: false });
    }
  }
}

async function receiveOnce(
  client: SQSClient,
  QueueUrl: string | undefined,
  subscription: Subscription,
  abortSignal: AbortSignal,
) {
  const receive = new ReceiveMessageCommand({
    QueueUrl,
    MaxNumberOfMessages: subscription.batchSize,
    WaitTimeSeconds: 20,
    VisibilityTimeout: HIDDEN_SECONDS,
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
    // If a renewal fails, the message may be delivered twice; the payer accepts that.
    for (const message of Messages) hideFor(HIDDEN_SECONDS)(message).catch(() => {});
  }, RENEWED_EVERY_MS);
  try {
    const failed = await failuresOf(subscription, Messages);
    for (const message of Messages) {
      const settle = failed.has(message.MessageId ?? '')
        ? hideFor(AGAIN_AFTER_SECONDS)
        : ({ ReceiptHandle }: Message) => client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      await settle(message);
    }
  } finally {
    clearInterval(renewal);
  }
}

/** Upper bound of an invocation. No function runs longer. */
const INVOKE_TIMEOUT_MS = 300_000;

/** The ids of the messages to deliver again: all of them when the function itself failed. */
async function failuresOf({ lambda, functionName }: Subscription, messages: Message[]): Promise<Set<string>> {
  const all = new Set(messages.map((message) => message.MessageId ?? ''));
  try {
    const event = { Records: messages.map(toRecord) };
    const result = await invokeFunction(lambda, functionName, event, INVOKE_TIMEOUT_MS);
    const { batchItemFailures = [] } = (result ?? {}) as BatchResponse;
    const failed = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    // Lambda treats an unknown or empty identifier as a failure of the whole batch.
    return failed.every((id) => all.has(id)) ? new Set(failed) : all;
  } catch (error) {
    if (error instanceof FunctionFailed) return all;
    throw error;
  }
}

type BatchResponse = { batchItemFailures?: { itemIdentifier: string }[] };

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
