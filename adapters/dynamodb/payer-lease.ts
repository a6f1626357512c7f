import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { WithdrawalId } from '#core/ids.ts';
import { type Clock, later } from '#core/time.ts';
import type { PayerLease } from '#core/withdrawals/ports.ts';
import { PAYER_KEY } from './keys.ts';
import { unlessRefused } from './writes.ts';

/** One item: who pays, until when, and the withdrawal that is prepared (written with it, see withdrawals.ts). */
export function dynamoPayerLease(
  client: DynamoDBDocumentClient,
  TableName: string,
  clock: Clock,
): PayerLease {
  return {
    async take(holder, forMs) {
      const now = clock.now();
      const until = later(now, forMs);
      const command = new UpdateCommand({
        TableName,
        Key: PAYER_KEY,
        UpdateExpression: 'SET holder = :holder, heldUntil = :until',
        // Two payers at once: the first one holds the lease until it is released or expires.
        ConditionExpression: 'attribute_not_exists(holder) OR heldUntil < :now OR holder = :holder',
        ExpressionAttributeValues: { ':holder': holder, ':until': until, ':now': now },
        ReturnValues: 'ALL_NEW',
      });
      const taken = await unlessRefused(() => client.send(command));
      if (!taken) return undefined;
      const prepared = taken.Attributes?.prepared as WithdrawalId | undefined;
      return { until, ...(prepared && { prepared }) };
    },

    async release(holder) {
      const command = new UpdateCommand({
        TableName,
        Key: PAYER_KEY,
        UpdateExpression: 'REMOVE holder, heldUntil',
        // The lease may have expired, and another payer may hold it now.
        ConditionExpression: 'holder = :holder',
        ExpressionAttributeValues: { ':holder': holder },
      });
      await unlessRefused(() => client.send(command));
    },

    async prepared() {
      const command = new GetCommand({ TableName, Key: PAYER_KEY, ConsistentRead: true });
      return (await client.send(command)).Item?.prepared as WithdrawalId | undefined;
    },
  };
}
