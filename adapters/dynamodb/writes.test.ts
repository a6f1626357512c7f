import {
  ConditionalCheckFailedException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { asInstant } from '#core/time.ts';
import { dynamoPayerLease } from './payer-lease.ts';
import { transact } from './transact.ts';
import { putIfVersion } from './versions.ts';
import { unlessRefused } from './writes.ts';

// AWS refuses a write while another transaction writes the same item. The local engines do not, so this fakes it.
const said = { $metadata: {}, message: 'as AWS says' };
const conflict = () => new TransactionConflictException(said);
const canceled = (...codes: string[]) =>
  new TransactionCanceledException({ ...said, CancellationReasons: codes.map((Code) => ({ Code })) });

/** A store that gives these answers in order, and then repeats the last one. */
function storeThat(...answers: (Error | object)[]) {
  const sent: unknown[] = [];
  const send = async (command: unknown) => {
    const answer = answers[Math.min(sent.push(command), answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { sent, client: { send } as unknown as DynamoDBDocumentClient };
}

const WRITES = [
  { Put: { TableName: 't', Item: {} }, ifNot: 'taken' as const },
  { Put: { TableName: 't', Item: {} }, ifNot: 'too_late' as const },
];

test('a transaction that met another one is written after all, at growing intervals', async () => {
  const { client, sent } = storeThat(
    canceled('None', 'TransactionConflict'),
    canceled('TransactionConflict', 'None'),
    {},
  );
  const waitsMs: number[] = [];
  expect(await transact(client, WRITES, async (ms) => waitsMs.push(ms))).toBeUndefined();
  expect(sent).toHaveLength(3);
  expect(waitsMs[1]).toBeGreaterThanOrEqual(waitsMs[0]!);
});

test('a condition that does not hold is the answer, also beside a conflict; the first one in order', async () => {
  const { client, sent } = storeThat(canceled('TransactionConflict', 'ConditionalCheckFailed'));
  expect(await transact(client, WRITES)).toBe('too_late');
  expect(sent).toHaveLength(1);
  const both = storeThat(canceled('ConditionalCheckFailed', 'ConditionalCheckFailed'));
  expect(await transact(both.client, WRITES)).toBe('taken');
});

test('a transaction on items that stay contended throws Unavailable with the conflict as its cause', async () => {
  const { client, sent } = storeThat(canceled('TransactionConflict', 'None'));
  const writing = transact(client, WRITES, async () => {});
  await expect(writing).rejects.toMatchObject({
    dependency: 'database',
    cause: expect.any(TransactionCanceledException),
  });
  expect(sent).toHaveLength(8);
});

test('a transaction that is refused for anything else is not sent again', async () => {
  const { client, sent } = storeThat(canceled('ValidationError', 'None'));
  await expect(transact(client, WRITES)).rejects.toThrow(TransactionCanceledException);
  expect(sent).toHaveLength(1);
});

test('a single write that met a transaction is written after all', async () => {
  const { client, sent } = storeThat(conflict(), conflict(), {});
  expect(await putIfVersion(client, 't', { version: 2 })).toBeUndefined();
  expect(sent).toHaveLength(3);
});

test('the lease is taken though a payment was just being noted beside it', async () => {
  const { client } = storeThat(conflict(), { Attributes: {} });
  const lease = dynamoPayerLease(client, 't', { now: () => asInstant(1_000) });
  expect(await lease.take('holder', 500)).toEqual({ until: 1_500 });
});

test('a single write whose condition does not hold gives nothing; what stays contended is thrown', async () => {
  const sending = ({ client }: ReturnType<typeof storeThat>) =>
    unlessRefused(
      () => client.send({} as never) as Promise<unknown>,
      async () => {},
    );
  const refused = new ConditionalCheckFailedException(said);
  expect(await sending(storeThat(conflict(), refused))).toBeUndefined();
  await expect(sending(storeThat(conflict()))).rejects.toMatchObject({
    dependency: 'database',
    cause: expect.any(TransactionConflictException),
  });
});
