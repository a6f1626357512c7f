import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Account, type AccountChange, foldedEmail, foldedUsername } from '#core/accounts/accounts.ts';
import { LANGUAGES } from '#core/accounts/limits.ts';
import type { Accounts } from '#core/accounts/ports.ts';
import { ROLES, type Suspension, type Warning } from '#core/accounts/standing.ts';
import type { AccountId } from '#core/ids.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { nameKeys } from './indexes.ts';
import { readerOf } from './items.ts';
import { accountKey, emailKey, personKey, usernameKey } from './keys.ts';
import { tokenUse } from './mail-tokens.ts';
import { type EventSink, transactWithEvents } from './outbox.ts';
import { factorWrites } from './second-factors.ts';
import { transact, type Write } from './transact.ts';
import { unlessRefused } from './writes.ts';

type Tables = { accounts: string; people: string; secondFactors: string; sessions: string };

/**
 * Id for the look-up of an unknown username or address, because that must take as long as a known one (no enumeration).
 */
const NOBODY = 'nobody' as AccountId;

type ReadAccounts = Pick<Accounts, 'get' | 'byUsername' | 'byEmail'>;

/** Finds accounts by id, username and address. */
export function dynamoReadAccounts(client: DynamoDBDocumentClient, TableName: string): ReadAccounts {
  const read = async (Key: { pk: string; sk: string }): Promise<Item | undefined> => {
    const command = new GetCommand({ TableName, Key, ConsistentRead: true });
    return (await client.send(command)).Item;
  };
  const get = async (id: AccountId) => {
    const item = await read(accountKey(id));
    // A deleted account is like one that never was.
    return item && item.deletedAt === undefined ? toAccount(item) : undefined;
  };
  const named = async (Key: { pk: string; sk: string }) => {
    const row = await read(Key);
    return get((row?.accountId as AccountId | undefined) ?? NOBODY);
  };
  return {
    get,
    byUsername: (username) => named(usernameKey(foldedUsername(username))),
    byEmail: (email) => named(emailKey(foldedEmail(email))),
  };
}

/** Accounts, the rows that keep their names and addresses unique, and the rows that show them to others. */
export function dynamoAccounts(client: DynamoDBDocumentClient, tables: Tables, events: EventSink): Accounts {
  return {
    ...dynamoReadAccounts(client, tables.accounts),
    add: (account) => transact(client, accountRows(tables, account)),
    save: (change) => transactWithEvents(client, changeWrites(tables, change), change.events, events),
    async replaceHash(id, from, to) {
      const command = new UpdateCommand({
        TableName: tables.accounts,
        Key: accountKey(id),
        UpdateExpression: 'SET passwordHash = :to',
        ConditionExpression: 'passwordHash = :from', // keeps a hash that was changed after it was read
        ExpressionAttributeValues: { ':from': from, ':to': to },
      });
      await unlessRefused(() => client.send(command));
    },
  };
}

const IF_NEW = 'attribute_not_exists(pk)';

/** The writes of a registration: the row that keeps the name unique, the account, and its public part. */
export const accountRows = (tables: Pick<Tables, 'accounts' | 'people'>, account: Account) => [
  {
    Put: {
      TableName: tables.accounts,
      Item: { ...usernameKey(foldedUsername(account.username)), accountId: account.id },
      ConditionExpression: IF_NEW, // two people take one name at once
    },
    ifNot: 'username_taken' as const,
  },
  {
    Put: {
      TableName: tables.accounts,
      Item: toItem(account),
      ConditionExpression: IF_NEW,
    },
  },
  {
    Put: {
      TableName: tables.people,
      Item: {
        ...personKey(account.id),
        username: account.username,
        tradesCompleted: 0,
        since: account.createdAt,
        ...nameKeys(account.username),
      },
      ConditionExpression: IF_NEW,
    },
  },
];

const changeWrites = (tables: Tables, { next, renames, factor, usedToken, emails }: AccountChange) => [
  ...accountWrites(tables, { next, renames }),
  ...(factor ? factorWrites(tables.secondFactors, factor) : []),
  ...(usedToken ? [tokenUse(tables.sessions, usedToken)] : []),
  ...(emails ? emailWrites(tables.accounts, next.id, emails) : []),
];

/** The writes of an account's next version, and of its public row if others see another name afterwards. */
export const accountWrites = (
  { accounts, people }: Pick<Tables, 'accounts' | 'people'>,
  { next, renames }: Pick<AccountChange, 'next' | 'renames'>,
) => [accountWrite(accounts, next), ...(renames ? [personWrite(people, next)] : [])];

/** The rows that keep an address unique. */
function emailWrites(
  TableName: string,
  accountId: AccountId,
  { former, next }: NonNullable<AccountChange['emails']>,
): Write<'invalid_token'>[] {
  const [formerKey, nextKey] = [former, next].map((email) =>
    email === undefined ? undefined : emailKey(foldedEmail(email)),
  );
  const claim = {
    Put: {
      TableName,
      Item: { ...nextKey, accountId },
      ConditionExpression: 'attribute_not_exists(pk) OR accountId = :own', // two accounts confirm one address at once
      ExpressionAttributeValues: { ':own': accountId },
    },
    ifNot: 'invalid_token' as const,
  };
  const isReleased = formerKey && formerKey.pk !== nextKey?.pk;
  return [...(isReleased ? [{ Delete: { TableName, Key: formerKey } }] : []), ...(nextKey ? [claim] : [])];
}

/** Rows from before accounts had versions have none, and are read as version 0. */
const accountWrite = (TableName: string, next: Account): Write<'changed_since'> => ({
  Put: {
    TableName,
    Item: toItem(next),
    // Two changes at once.
    ConditionExpression: next.version > 1 ? '#version = :read' : 'attribute_not_exists(#version)',
    ExpressionAttributeNames: { '#version': 'version' },
    ...(next.version > 1 && { ExpressionAttributeValues: { ':read': next.version - 1 } }),
  },
  ifNot: 'changed_since',
});

/** Updates the name alone, because the row also has the counters of trades. */
const personWrite = (TableName: string, { id, displayName }: Account): Write => ({
  Update: {
    TableName,
    Key: personKey(id),
    ...(displayName === undefined
      ? { UpdateExpression: 'REMOVE displayName' }
      : {
          UpdateExpression: 'SET displayName = :name',
          ExpressionAttributeValues: { ':name': displayName },
        }),
  },
});

const toItem = (account: Account) => ({ ...accountKey(account.id), ...account });

function toAccount(item: Item): Account {
  const read = readerOf(item);
  return {
    id: read.text('id'),
    username: read.text('username'),
    displayName: read.optional('displayName', read.text),
    language: read.oneOf('language', LANGUAGES),
    antiPhishingPhrase: read.optional('antiPhishingPhrase', read.text),
    email: read.optional('email', read.text),
    role: read.optional('role', (name) => read.oneOf(name, ROLES)),
    suspension: read.optional('suspension', (name) => toSuspension(read.object(name))),
    warning: read.optional('warning', (name) => toWarning(read.object(name))),
    passwordHash: read.text('passwordHash'),
    credentialsVersion: read.optional('credentialsVersion', read.integer) ?? 1,
    createdAt: read.integer('createdAt'),
    version: read.optional('version', read.integer) ?? 0,
  };
}

function toSuspension(item: Item): Suspension {
  const read = readerOf(item);
  return {
    reason: read.text('reason'),
    at: read.integer('at'),
    until: read.optional('until', read.integer<Instant>),
    appealedAt: read.optional('appealedAt', read.integer<Instant>),
  };
}

function toWarning(item: Item): Warning {
  const read = readerOf(item);
  return { reason: read.text('reason'), at: read.integer('at') };
}
