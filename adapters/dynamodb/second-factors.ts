import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AppFactor, FactorChange, FirstCode, SecondFactor } from '#core/accounts/factors.ts';
import type { SecondFactors } from '#core/accounts/ports.ts';
import type { AccountId } from '#core/ids.ts';
import type { AppCode, Assertion, Proof, ProofOutcome } from '#core/step-up.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { accountKey, keyOf, passkeyChallengeKey, passkeyKey } from './keys.ts';
import { challengeItem, toChallenge, toPasskey } from './passkey-items.ts';
import { transact, type Write } from './transact.ts';
import { unlessRefused } from './writes.ts';

/** Condition of every write that spends a code of the authenticator app: the secret is the one that was read. */
const SAME_SECRET = 'sealedSecret = :secret';
const IS_THERE = 'attribute_exists(pk)';
const WRONG = 'wrong_second_factor';

/**
 * Second factors: one row for an account's TOTP secret (sealed) and recovery codes (digests), and one for each passkey,
 * in one partition. Challenges for passkeys are in other partitions.
 */
export function dynamoSecondFactors(client: DynamoDBDocumentClient, TableName: string): SecondFactors {
  /** Reads all rows in one query. They fit one response, because an account has few passkeys of under 2 KB each. */
  const rowsOf = async (accountId: AccountId): Promise<Item[]> => {
    const command = new QueryCommand({
      TableName,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': accountKey(accountId).pk },
      ConsistentRead: true,
    });
    return (await client.send(command)).Items ?? [];
  };
  return {
    async get(accountId) {
      return toFactor(accountId, await rowsOf(accountId));
    },
    async start({ id, credentialsVersion }, sealedSecret, isFirst) {
      const command = new UpdateCommand({
        TableName,
        Key: accountKey(id),
        UpdateExpression: 'SET accountId = :account, sealedSecret = :secret, credentialsVersion = :version',
        // A confirmed app is never overwritten. A first second factor brings recovery codes.
        ConditionExpression: `attribute_not_exists(confirmedAt)${isFirst ? ' AND attribute_not_exists(recoveryDigests)' : ''}`,
        ExpressionAttributeValues: {
          ':account': id,
          ':secret': sealedSecret,
          ':version': credentialsVersion,
        },
      });
      return (await unlessRefused(() => client.send(command))) ? undefined : 'changed_since';
    },
    async remove(accountId) {
      for (const item of await rowsOf(accountId))
        await client.send(new DeleteCommand({ TableName, Key: keyOf(item) }));
    },
    async spend(proof) {
      const [write, ...others] = spendingWrites(TableName, proof);
      if (others.length) return transact(client, [write!, ...others]);
      const command = new UpdateCommand(write!.Update!);
      return (await unlessRefused(() => client.send(command))) ? undefined : WRONG;
    },
    async renamePasskey(accountId, id, name) {
      const command = new UpdateCommand({
        TableName,
        Key: passkeyKey(accountId, id),
        UpdateExpression: 'SET #name = :name',
        ConditionExpression: IS_THERE, // removed meanwhile
        ExpressionAttributeNames: { '#name': 'name' },
        ExpressionAttributeValues: { ':name': name },
      });
      return (await unlessRefused(() => client.send(command))) ? undefined : 'not_found';
    },
    async addChallenge(challenge) {
      await client.send(new PutCommand({ TableName, Item: challengeItem(challenge) }));
    },
    async challenge(id) {
      const command = new GetCommand({ TableName, Key: passkeyChallengeKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && toChallenge(Item);
    },
  };
}

/**
 * The writes that spend a proof in the transaction of its effect.
 * @throws an Error if the function has no access to the table
 */
export function spendingWrites(table: string | undefined, proof: Proof | undefined): Write<ProofOutcome>[] {
  if (!proof) return [];
  if (!table) throw new Error('a proof was given to a function that reaches no second factors');
  const { accountId, spends } = proof;
  if ('passkeyId' in spends) return [useUp(table, spends), counting(table, accountId, spends)];
  return [{ Update: { TableName: table, ...spendingCode(accountId, spends) }, ifNot: WRONG }];
}

/** The writes of a change of an account's second factors. */
export function factorWrites(
  TableName: string,
  change: FactorChange,
): Write<'out_of_order' | ProofOutcome>[] {
  switch (change.kind) {
    case 'confirmed':
      return [confirmation(TableName, change.factor, change.first)];
    case 'spent':
      return spendingWrites(TableName, change.proof);
    case 'removed':
      return removal(TableName, change.proof, change.keepsCodes ?? false);
    case 'renewed':
      return renewal(TableName, change.proof, change.recoveryDigests);
    case 'passkey_added':
      return passkeyAddition(TableName, change);
    case 'passkey_removed':
      return passkeyRemoval(TableName, change);
  }
}

const confirmation = (TableName: string, factor: AppFactor, first: FirstCode): Write<'out_of_order'> => ({
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

/** Removes the authenticator app: the whole row, or only its part. */
function removal(TableName: string, proof: Proof, keepsCodes: boolean): Write<ProofOutcome>[] {
  const { condition = 'attribute_exists(confirmedAt)', values, others } = spentBeside(TableName, proof);
  const row = { TableName, Key: accountKey(proof.accountId), ConditionExpression: condition };
  if (!keepsCodes) return [{ Delete: { ...row, ...withValues(values) }, ifNot: WRONG }, ...others];
  const spent = 'recoveryDigest' in proof.spends && { ':spent': new Set([proof.spends.recoveryDigest]) };
  const UpdateExpression = `REMOVE sealedSecret, credentialsVersion, confirmedAt, lastStep${spent ? ' DELETE recoveryDigests :spent' : ''}`;
  const Update = { ...row, UpdateExpression, ...withValues({ ...values, ...spent }) };
  return [{ Update, ifNot: WRONG }, ...others];
}

function renewal(TableName: string, proof: Proof, recoveryDigests: readonly string[]): Write<ProofOutcome>[] {
  const { condition, values, others } = spentBeside(TableName, proof);
  const { accountId, spends } = proof;
  const Update = {
    TableName,
    Key: accountKey(accountId),
    UpdateExpression: `SET accountId = :account, recoveryDigests = :digests${'step' in spends ? ', lastStep = :step' : ''}`,
    ...withValues({ ...values, ':account': accountId, ':digests': new Set(recoveryDigests) }),
  };
  if (!condition) return [{ Update }, ...others];
  return [{ Update: { ...Update, ConditionExpression: condition }, ifNot: WRONG }, ...others];
}

type Spent = { condition?: string; values: Record<string, unknown>; others: Write<ProofOutcome>[] };

/**
 * How a proof is spent beside a write of the row of the codes: a code by a condition on that row, and a passkey by
 * `others`, because its rows are separate.
 */
function spentBeside(TableName: string, proof: Proof): Spent {
  const { spends } = proof;
  if ('passkeyId' in spends) return { values: {}, others: spendingWrites(TableName, proof) };
  const { ConditionExpression, conditionValues } = unspent(spends);
  return { condition: ConditionExpression, values: conditionValues, others: [] };
}

/** DynamoDB refuses an empty list of values. */
const withValues = (values: Record<string, unknown>) =>
  Object.keys(values).length > 0 && { ExpressionAttributeValues: values };

function passkeyAddition(
  TableName: string,
  { passkey, challengeId, recoveryDigests, forgetsApp }: Extract<FactorChange, { kind: 'passkey_added' }>,
): Write<'out_of_order' | ProofOutcome>[] {
  const { accountId } = passkey;
  const codes = recoveryDigests && {
    Update: {
      TableName,
      Key: accountKey(accountId),
      // An unconfirmed secret is removed, because it was added without the second factor that the account now has.
      UpdateExpression: `SET accountId = :account, recoveryDigests = :digests${forgetsApp ? ' REMOVE sealedSecret, credentialsVersion' : ''}`,
      ExpressionAttributeValues: { ':account': accountId, ':digests': new Set(recoveryDigests) },
    },
  };
  return [
    useUp(TableName, { challengeId }),
    {
      Put: {
        TableName,
        Item: { ...passkeyKey(accountId, passkey.id), ...passkey },
        ConditionExpression: 'attribute_not_exists(pk)', // it is this account's already
      },
      ifNot: 'out_of_order',
    },
    ...(codes ? [codes] : []),
  ];
}

/** A passkey that proves its own removal is deleted, and its counter is not raised. */
function passkeyRemoval(
  TableName: string,
  { proof, passkeyId, isLast }: Extract<FactorChange, { kind: 'passkey_removed' }>,
): Write<ProofOutcome>[] {
  const { accountId, spends } = proof;
  const gone: Write<ProofOutcome> = {
    Delete: { TableName, Key: passkeyKey(accountId, passkeyId), ConditionExpression: IS_THERE },
    ifNot: WRONG,
  };
  const codes = { TableName, Key: accountKey(accountId) };
  if ('passkeyId' in spends) {
    const counted = spends.passkeyId === passkeyId ? [] : [counting(TableName, accountId, spends)];
    return [gone, useUp(TableName, spends), ...counted, ...(isLast ? [{ Delete: codes }] : [])];
  }
  if (!isLast) return [gone, ...spendingWrites(TableName, proof)];
  const { ConditionExpression, conditionValues: ExpressionAttributeValues } = unspent(spends);
  return [gone, { Delete: { ...codes, ConditionExpression, ExpressionAttributeValues }, ifNot: WRONG }];
}

type Code = AppCode | { recoveryDigest: string };

/** The race it closes: one code sent many times at once. It is unspent, or nothing is written. */
function unspent(code: Code) {
  if ('step' in code)
    return {
      ConditionExpression: `${SAME_SECRET} AND lastStep < :step`,
      conditionValues: { ':secret': code.sealedSecret, ':step': code.step },
    };
  return {
    ConditionExpression: 'contains(recoveryDigests, :digest)',
    conditionValues: { ':digest': code.recoveryDigest },
  };
}

function spendingCode(accountId: AccountId, code: Code) {
  const { ConditionExpression, conditionValues } = unspent(code);
  const Key = accountKey(accountId);
  if ('step' in code) {
    const UpdateExpression = 'SET lastStep = :step';
    return { Key, ConditionExpression, UpdateExpression, ExpressionAttributeValues: conditionValues };
  }
  return {
    Key,
    ConditionExpression,
    UpdateExpression: 'DELETE recoveryDigests :digests',
    ExpressionAttributeValues: { ...conditionValues, ':digests': new Set([code.recoveryDigest]) },
  };
}

/** The race it closes: one answer of a passkey sent many times at once. */
const useUp = (TableName: string, { challengeId }: Pick<Assertion, 'challengeId'>): Write<ProofOutcome> => ({
  Delete: { TableName, Key: passkeyChallengeKey(challengeId), ConditionExpression: IS_THERE },
  ifNot: WRONG,
});

/** The races it closes: the passkey was removed meanwhile, or a copy of it has raised the counter. */
const counting = (
  TableName: string,
  accountId: AccountId,
  { passkeyId, signCount, usedAt }: Assertion,
): Write<ProofOutcome> => ({
  Update: {
    TableName,
    Key: passkeyKey(accountId, passkeyId),
    UpdateExpression: 'SET signCount = :count, lastUsedAt = :at',
    ConditionExpression: signCount > 0 ? 'signCount < :count' : 'signCount = :count',
    ExpressionAttributeValues: { ':count': signCount, ':at': usedAt },
  },
  ifNot: WRONG,
});

function toFactor(accountId: AccountId, items: readonly Item[]): SecondFactor | undefined {
  if (items.length === 0) return undefined;
  const { pk, sk } = accountKey(accountId);
  const read = readerOf(items.find((item) => item.sk === sk) ?? { pk, sk });
  return {
    accountId,
    sealedSecret: read.optional('sealedSecret', read.text),
    credentialsVersion: read.optional('credentialsVersion', read.integer),
    confirmedAt: read.optional('confirmedAt', read.integer<Instant>),
    lastStep: read.optional('lastStep', read.integer),
    recoveryDigests: read.optional('recoveryDigests', read.textSet) ?? [],
    passkeys: items
      .filter((item) => item.sk !== sk)
      .map(toPasskey)
      .sort((one, other) => one.createdAt - other.createdAt),
  };
}
