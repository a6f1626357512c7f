import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { type Account, foldedEmail, foldedUsername } from '#core/accounts/accounts.ts';
import { LANGUAGES } from '#core/accounts/limits.ts';
import { userAccount } from '#core/ledger/ledger.ts';
import { DELETED_USERNAME } from '#core/people.ts';
import type { ClosingOutcome, Deletion } from '#core/privacy/deletions.ts';
import type { Deletions } from '#core/privacy/ports.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import {
  accountKey,
  balanceKey,
  DELETIONS_PARTITION,
  deletionKey,
  emailKey,
  eventsBefore,
  personKey,
  receivingKey,
  usernameKey,
} from './keys.ts';
import { spendingWrites } from './second-factors.ts';
import { transact, type Write } from './transact.ts';
import { unlessRefused } from './writes.ts';

type Tables = { accounts: string; people: string; secondFactors: string; ledger: string; payments: string };

/** Deletions of accounts, in the table of accounts. */
export function dynamoDeletions(client: DynamoDBDocumentClient, tables: Tables): Deletions {
  return {
    begin: (account, deletion, proof) =>
      transact(client, [
        ...accountWrites(tables.accounts, account, deletion),
        ...spendingWrites(tables.secondFactors, proof),
        personWrite(tables.people, deletion),
        emptyBalance(tables.ledger, deletion),
        noPendingDeposits(tables.payments, deletion),
      ]),

    async begunBefore(before, limit) {
      const command = new QueryCommand({
        TableName: tables.accounts,
        KeyConditionExpression: 'pk = :pk AND sk < :before',
        ExpressionAttributeValues: { ':pk': DELETIONS_PARTITION, ':before': eventsBefore(before) },
        ConsistentRead: true,
        Limit: limit,
      });
      const { Items = [] } = await client.send(command);
      return Items.map(toDeletion);
    },

    async mailed({ at, accountId }) {
      const command = new UpdateCommand({
        TableName: tables.accounts,
        Key: deletionKey(at, accountId),
        UpdateExpression: 'REMOVE letter',
        ConditionExpression: 'attribute_exists(pk)', // another run has finished it
      });
      await unlessRefused(() => client.send(command));
    },

    async finish({ at, accountId }) {
      await client.send(new DeleteCommand({ TableName: tables.accounts, Key: deletionKey(at, accountId) }));
    },
  };
}

/**
 * The account row keeps its version, so a change based on an earlier read is refused. The row of the username keeps the
 * name taken, and loses the account's id.
 */
function accountWrites(
  TableName: string,
  { id, username, email, createdAt, version }: Account,
  deletion: Deletion,
): Write<ClosingOutcome>[] {
  const { at: deletedAt } = deletion;
  return [
    {
      Put: {
        TableName,
        Item: { ...accountKey(id), id, createdAt, deletedAt, version: version + 1 },
        // The race it closes: a change of the account, or a second deletion.
        ConditionExpression:
          version > 0 ? '#version = :read' : 'attribute_not_exists(#version) AND attribute_exists(pk)',
        ExpressionAttributeNames: { '#version': 'version' },
        ...(version > 0 && { ExpressionAttributeValues: { ':read': version } }),
      },
      ifNot: 'changed_since',
    },
    { Put: { TableName, Item: { ...usernameKey(foldedUsername(username)) } } },
    ...(email === undefined ? [] : [{ Delete: { TableName, Key: emailKey(foldedEmail(email)) } }]),
    { Put: { TableName, Item: { ...deletionKey(deletedAt, id), ...deletion } } },
  ];
}

/** The race it closes: a trade that starts at once. Its counter is written in the transaction of its start. */
const personWrite = (TableName: string, { accountId, at }: Deletion): Write<ClosingOutcome> => ({
  Update: {
    TableName,
    Key: personKey(accountId),
    UpdateExpression: 'SET username = :nobody, deletedAt = :at REMOVE displayName, namePk, nameSk',
    ConditionExpression:
      '(attribute_not_exists(openTaken) OR openTaken = :none) AND (attribute_not_exists(openMade) OR openMade = :none)',
    ExpressionAttributeValues: { ':nobody': DELETED_USERNAME, ':at': at, ':none': 0 },
  },
  ifNot: 'openTrades',
});

/**
 * The race it closes: a credit after the balance was read. Open trades of a seller and unfinished withdrawals are
 * covered too, because they hold XMR.
 */
const emptyBalance = (TableName: string, { accountId }: Deletion): Write<ClosingOutcome> => ({
  ConditionCheck: {
    TableName,
    Key: balanceKey(userAccount(accountId)),
    ConditionExpression: 'attribute_not_exists(pk) OR (available = :none AND held = :none)',
    ExpressionAttributeValues: { ':none': 0 },
  },
  ifNot: 'xmr',
});

/** The race it closes: a deposit that is seen after the pending sum was read. */
const noPendingDeposits = (TableName: string, { accountId }: Deletion): Write<ClosingOutcome> => ({
  ConditionCheck: {
    TableName,
    Key: receivingKey(accountId),
    ConditionExpression: 'attribute_not_exists(pendingPiconero) OR pendingPiconero = :none',
    ExpressionAttributeValues: { ':none': 0 },
  },
  ifNot: 'pendingDepositsXmr',
});

function toDeletion(item: Item): Deletion {
  const read = readerOf(item);
  const letter = read.optional('letter', read.object);
  return {
    accountId: read.text('accountId'),
    at: read.integer<Instant>('at'),
    nameDigest: read.text('nameDigest'),
    ...(letter && { letter: toLetter(letter) }),
  };
}

function toLetter(item: Item): NonNullable<Deletion['letter']> {
  const read = readerOf(item);
  const antiPhishingPhrase = read.optional('antiPhishingPhrase', read.text);
  return {
    email: read.text('email'),
    username: read.text('username'),
    language: read.oneOf('language', LANGUAGES),
    ...(antiPhishingPhrase !== undefined && { antiPhishingPhrase }),
  };
}
