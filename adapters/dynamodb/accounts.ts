import { type DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { type Account, foldedUsername, type Language } from '#core/accounts/accounts.ts';
import type { Accounts } from '#core/accounts/ports.ts';
import type { AccountId } from '#core/ids.ts';
import { asInstant } from '#core/time.ts';
import type { Item } from './client.ts';
import { accountKey, personKey, usernameKey } from './keys.ts';
import { transact } from './transact.ts';
import { unlessRefused } from './writes.ts';

type Tables = { accounts: string; people: string };

/** Id for the look-up of an unknown username, because that must take as long as a known one (no enumeration). */
const NOBODY = 'nobody' as AccountId;

/** Accounts and the rows that keep their names unique; beside them, how others see them. */
export function dynamoAccounts(client: DynamoDBDocumentClient, tables: Tables): Accounts {
  const read = async (Key: { pk: string; sk: string }): Promise<Item | undefined> => {
    const command = new GetCommand({ TableName: tables.accounts, Key, ConsistentRead: true });
    return (await client.send(command)).Item;
  };
  const get = async (id: AccountId) => {
    const item = await read(accountKey(id));
    return item && toAccount(item);
  };
  return {
    get,
    async byUsername(username) {
      const row = await read(usernameKey(foldedUsername(username)));
      return get((row?.accountId as AccountId | undefined) ?? NOBODY);
    },
    add: (account) => transact(client, accountRows(tables, account)),
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
export const accountRows = (tables: Tables, account: Account) => [
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
      Item: { ...accountKey(account.id), ...account },
      ConditionExpression: IF_NEW,
    },
  },
  {
    Put: {
      TableName: tables.people,
      Item: { ...personKey(account.id), username: account.username, tradesCompleted: 0 },
      ConditionExpression: IF_NEW,
    },
  },
];

const toAccount = (item: Item): Account => ({
  id: item.id as AccountId,
  username: item.username as string,
  ...(item.displayName !== undefined && { displayName: item.displayName as string }),
  language: item.language as Language,
  passwordHash: item.passwordHash as string,
  createdAt: asInstant(Number(item.createdAt)),
});
