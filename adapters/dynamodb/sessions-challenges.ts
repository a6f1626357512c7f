import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Challenges } from '#core/accounts/ports.ts';
import type { Challenge } from '#core/accounts/sessions.ts';
import type { Item } from './client.ts';
import { readerOf } from './items.ts';
import { challengeKey } from './keys.ts';
import { ttlSeconds } from './ttl.ts';
import { unlessRefused } from './writes.ts';

/** Sign-ins that wait for their second factor, in the table of sessions, under separate keys. */
export function dynamoChallenges(client: DynamoDBDocumentClient, TableName: string): Challenges {
  return {
    async add(challenge) {
      const expiresAtSeconds = ttlSeconds(challenge.expiresAt);
      const Item = { ...challengeKey(challenge.id), ...challenge, tries: 0, expiresAtSeconds };
      await client.send(new PutCommand({ TableName, Item }));
    },
    async takeTry(id, digest, tries, now) {
      const command = new UpdateCommand({
        TableName,
        Key: challengeKey(id),
        UpdateExpression: 'ADD tries :one',
        // A caller without the token uses up no try. Simultaneous guesses are counted one by one.
        ConditionExpression: 'digest = :digest AND tries < :most AND expiresAt > :now',
        ExpressionAttributeValues: { ':one': 1, ':digest': digest, ':most': tries, ':now': now },
        ReturnValues: 'ALL_NEW',
      });
      const written = await unlessRefused(() => client.send(command));
      return written?.Attributes && toChallenge(written.Attributes);
    },
    async close(id) {
      const command = new DeleteCommand({
        TableName,
        Key: challengeKey(id),
        ConditionExpression: 'attribute_exists(pk)', // two right codes at once: one opens a session
      });
      return (await unlessRefused(() => client.send(command))) !== undefined;
    },
  };
}

function toChallenge(item: Item): Challenge {
  const read = readerOf(item);
  return {
    id: read.text('id'),
    accountId: read.text('accountId'),
    credentialsVersion: read.integer('credentialsVersion'),
    remember: read.isMarked('remember'),
    digest: read.text('digest'),
    expiresAt: read.integer('expiresAt'),
  };
}
