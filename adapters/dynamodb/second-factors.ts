import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { FactorChange, FirstCode, SecondFactor } from '#core/accounts/factors.ts';
import type { SecondFactors } from '#core/accounts/ports.ts';
import type { Proof, ProofOutcome } from '#core/step-up.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { accountKey } from './keys.ts';
import type { Write } from './transact.ts';
import { unlessRefused } from './writes.ts';

/** Condition of every write: the factor still has the secret that was read. */
const SAME_SECRET = 'sealedSecret = :secret';

/** TOTP secrets (sealed) and recovery codes (digests), one row for each account. */
export function dynamoSecondFactors(client: DynamoDBDocumentClient, TableName: string): SecondFactors {
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
        ConditionExpression: 'attribute_not_exists(confirmedAt)', // a confirmed factor is never overwritten
      });
      return (await unlessRefused(() => client.send(command))) ? undefined : 'out_of_order';
    },
    async remove(accountId) {
      await client.send(new DeleteCommand({ TableName, Key: accountKey(accountId) }));
    },
    async spend(proof) {
      const command = new UpdateCommand({ TableName, ...spending(proof) });
      return (await unlessRefused(() => client.send(command))) ? undefined : 'wrong_second_factor';
    },
  };
}

/**
 * The write that spends a proof in the transaction of its effect.
 * @throws an Error if the function has no access to the table
 */
export function spendingWrites(table: string | undefined, proof: Proof | undefined): Write<ProofOutcome>[] {
  if (!proof) return [];
  if (!table) throw new Error('a proof was given to a function that reaches no second factors');
  return [{ Update: { TableName: table, ...spending(proof) }, ifNot: 'wrong_second_factor' }];
}

/** The write of a change of an account's second factor. */
export function factorWrite(TableName: string, change: FactorChange): Write<'out_of_order' | ProofOutcome> {
  if (change.kind === 'confirmed') return confirmation(TableName, change.factor, change.first);
  const ifNot = 'wrong_second_factor';
  if (change.kind === 'spent') return { Update: { TableName, ...spending(change.proof) }, ifNot };
  const { Key, ConditionExpression, conditionValues } = unspent(change.proof);
  if (change.kind === 'removed')
    return {
      Delete: { TableName, Key, ConditionExpression, ExpressionAttributeValues: conditionValues },
      ifNot,
    };
  const isStep = 'step' in change.proof.spends;
  return {
    Update: {
      TableName,
      Key,
      ConditionExpression,
      UpdateExpression: `SET recoveryDigests = :digests${isStep ? ', lastStep = :step' : ''}`,
      ExpressionAttributeValues: { ...conditionValues, ':digests': new Set(change.recoveryDigests) },
    },
    ifNot,
  };
}

const confirmation = (TableName: string, factor: SecondFactor, first: FirstCode): Write<'out_of_order'> => ({
  Update: {
    TableName,
    Key: accountKey(factor.accountId),
    UpdateExpression: 'SET confirmedAt = :at, lastStep = :step, recoveryDigests = :digests',
    ConditionExpression: `${SAME_SECRET} AND attribute_not_exists(confirmedAt)`,
    ExpressionAttributeValues: {
      ':secret': factor.sealedSecret,
      ':at': first.confirmedAt,
      ':step': first.step,
      ':digests': new Set(first.recoveryDigests),
    },
  },
  ifNot: 'out_of_order',
});

/** The race it closes: one code sent many times at once. It is unspent, or nothing is written. */
function unspent({ accountId, sealedSecret, spends }: Proof) {
  const isStep = 'step' in spends;
  return {
    Key: accountKey(accountId),
    ConditionExpression: `${SAME_SECRET} AND ${isStep ? 'lastStep < :step' : 'contains(recoveryDigests, :digest)'}`,
    conditionValues: {
      ':secret': sealedSecret,
      ...(isStep ? { ':step': spends.step } : { ':digest': spends.recoveryDigest }),
    },
  };
}

function spending(proof: Proof) {
  const { Key, ConditionExpression, conditionValues } = unspent(proof);
  const { spends } = proof;
  if ('step' in spends) {
    const UpdateExpression = 'SET lastStep = :step';
    return { Key, ConditionExpression, UpdateExpression, ExpressionAttributeValues: conditionValues };
  }
  return {
    Key,
    ConditionExpression,
    UpdateExpression: 'DELETE recoveryDigests :digests',
    ExpressionAttributeValues: { ...conditionValues, ':digests': new Set([spends.recoveryDigest]) },
  };
}

function toFactor(item: Item): SecondFactor {
  const read = readerOf(item);
  return {
    accountId: read.text('accountId'),
    sealedSecret: read.text('sealedSecret'),
    confirmedAt: read.optional('confirmedAt', read.integer<Instant>),
    lastStep: read.optional('lastStep', read.integer),
    recoveryDigests: read.optional('recoveryDigests', read.textSet) ?? [],
  };
}
