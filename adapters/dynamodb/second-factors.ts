import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { SecondFactor, SecondFactors } from '#core/accounts/ports.ts';
import type { AccountId } from '#core/ids.ts';
import { asInstant } from '#core/time.ts';
import type { Item } from './client.ts';
import { accountKey } from './keys.ts';
import { unlessRefused } from './writes.ts';

/** Every write holds only for the secret that was read: a factor renewed meanwhile is another one. */
const SAME_SECRET = 'sealedSecret = :secret';

/** TOTP secrets (sealed) and recovery codes (digests), one row for each account. */
export function dynamoSecondFactors(client: DynamoDBDocumentClient, TableName: string): SecondFactors {
  const update = (factor: SecondFactor, change: Partial<UpdateCommandInput>) => {
    const command = new UpdateCommand({
      TableName,
      Key: accountKey(factor.accountId),
      ...change,
      ConditionExpression: `${SAME_SECRET} AND ${change.ConditionExpression}`,
      ExpressionAttributeValues: { ':secret': factor.sealedSecret, ...change.ExpressionAttributeValues },
    });
    return unlessRefused(() => client.send(command));
  };
  return {
    async get(accountId) {
      const command = new GetCommand({ TableName, Key: accountKey(accountId), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && toFactor(Item);
    },
    async start(accountId, sealedSecret) {
      const command = new PutCommand({
        TableName,
        Item: { ...accountKey(accountId), accountId, sealedSecret },
        ConditionExpression: 'attribute_not_exists(confirmedAt)', // one that is on is never overwritten
      });
      return (await unlessRefused(() => client.send(command))) ? undefined : 'out_of_order';
    },
    async confirm(factor, { confirmedAt, step, recoveryDigests }) {
      const written = await update(factor, {
        UpdateExpression: 'SET confirmedAt = :at, lastStep = :step, recoveryDigests = :digests',
        ConditionExpression: 'attribute_not_exists(confirmedAt)',
        ExpressionAttributeValues: {
          ':at': confirmedAt,
          ':step': step,
          ':digests': new Set(recoveryDigests),
        },
      });
      return written ? undefined : 'out_of_order';
    },
    async useStep(factor, step, purpose) {
      const written = await update(factor, {
        UpdateExpression: 'SET lastStep = :step, stepPurpose = :purpose',
        // One code sent many times at once passes for one purpose.
        ConditionExpression: '(lastStep < :step OR (lastStep = :step AND stepPurpose = :purpose))',
        ExpressionAttributeValues: { ':step': step, ':purpose': purpose },
      });
      return written !== undefined;
    },
    async useRecoveryCode(factor, digest, purpose) {
      const written = await update(factor, {
        UpdateExpression:
          'DELETE recoveryDigests :digests SET recoveryDigest = :digest, recoveryPurpose = :purpose',
        // Each passes for one purpose.
        ConditionExpression:
          '(contains(recoveryDigests, :digest) OR (recoveryDigest = :digest AND recoveryPurpose = :purpose))',
        ExpressionAttributeValues: {
          ':digests': new Set([digest]),
          ':digest': digest,
          ':purpose': purpose,
        },
      });
      return written !== undefined;
    },
    async remove(factor) {
      const command = new DeleteCommand({
        TableName,
        Key: accountKey(factor.accountId),
        ConditionExpression: SAME_SECRET,
        ExpressionAttributeValues: { ':secret': factor.sealedSecret },
      });
      await unlessRefused(() => client.send(command));
    },
  };
}

const toFactor = (item: Item): SecondFactor => ({
  accountId: item.accountId as AccountId,
  sealedSecret: item.sealedSecret as string,
  ...(item.confirmedAt !== undefined && { confirmedAt: asInstant(Number(item.confirmedAt)) }),
});
