import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { AccountId, SessionId } from '#core/ids.ts';
import type { Clock } from '#core/time.ts';
import { sessionKey } from './keys.ts';

/** What a door asks of a session: whose it is, while it lives. The refresh token's digest is not even read. */
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
