import { type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import type { MailToken, MailTokenUse } from '#core/accounts/mail-tokens.ts';
import type { MailTokens } from '#core/accounts/ports.ts';
import type { MailTokenId } from '#core/ids.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { mailTokenKey } from './keys.ts';
import type { Write } from './transact.ts';
import { ttlSeconds } from './ttl.ts';

/** Tokens of mailed links, in the table of sessions, under separate keys. DynamoDB TTL drops expired ones. */
export function dynamoMailTokens(client: DynamoDBDocumentClient, TableName: string): MailTokens {
  return {
    async get(id) {
      const command = new GetCommand({ TableName, Key: mailTokenKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && toToken(Item);
    },
    async add(token) {
      const Item = { ...mailTokenKey(token.id), ...token, expiresAtSeconds: ttlSeconds(token.expiresAt) };
      await client.send(new PutCommand({ TableName, Item }));
    },
  };
}

/** The write that uses a token up in the transaction of its effect. */
export const tokenUse = (TableName: string, id: MailTokenId): Write<'invalid_token'> => ({
  Delete: {
    TableName,
    Key: mailTokenKey(id),
    ConditionExpression: 'attribute_exists(pk)', // a link that is opened twice at once
  },
  ifNot: 'invalid_token',
});

function toToken(item: Item): MailToken {
  const read = readerOf(item);
  return {
    id: read.text('id'),
    accountId: read.text('accountId'),
    credentialsVersion: read.integer('credentialsVersion'),
    digest: read.text('digest'),
    use: toUse(read.object('use')),
    expiresAt: read.integer('expiresAt'),
  };
}

function toUse(item: Item): MailTokenUse {
  const read = readerOf(item);
  const kind = read.oneOf('kind', ['password_reset', 'email_confirmation'] as const);
  return kind === 'password_reset' ? { kind } : { kind, email: read.text('email') };
}
