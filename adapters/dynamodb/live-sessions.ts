import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountId, SessionId } from '#core/ids.ts';
import type { Clock } from '#core/time.ts';
import { sessionKey } from './keys.ts';

/** Reads the owner of a live session for a signed-in call. The digest of the refresh token is not read. */
export function liveSessions(client: DynamoDBDocumentClient, TableName: string, clock: Clock) {
  return {
    async accountOf(id: SessionId): Promise<AccountId | undefined> {
      const command = new GetCommand({
        TableName,
        Key: sessionKey(id),
        ProjectionExpression: 'accountId, endedAt, expiresAt',
        ConsistentRead: true,
      });
      const { Item } = await client.send(command);
      if (!Item || Item.endedAt !== undefined || Number(Item.expiresAt) <= clock.now()) return undefined;
      return Item.accountId as AccountId;
    },
  };
}
