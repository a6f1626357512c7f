import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { Caller } from '#core/caller.ts';
import type { Clock } from '#core/time.ts';
import { sessionKey } from './keys.ts';

/** Reads whether the session of a signed-in call is live. The digests of its refresh tokens are not read. */
export function liveSessions(client: DynamoDBDocumentClient, TableName: string, clock: Clock) {
  return {
    async isLive(caller: Caller): Promise<boolean> {
      const command = new GetCommand({
        TableName,
        Key: sessionKey(caller),
        ProjectionExpression: 'expiresAt',
        ConsistentRead: true,
      });
      const { Item } = await client.send(command);
      return Item !== undefined && Number(Item.expiresAt) > clock.now();
    },
  };
}
