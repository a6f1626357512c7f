import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import { MEMBER, type Standing } from '#core/accounts/standing.ts';
import type { Caller } from '#core/caller.ts';
import type { Clock } from '#core/time.ts';
import { readerOf } from './items.ts';
import { sessionKey } from './keys.ts';
import { toStanding } from './sessions.ts';

/** Reads whether the session of a signed-in call is live. The digests of its refresh tokens are not read. */
export function liveSessions(client: DynamoDBDocumentClient, TableName: string, clock: Clock) {
  return {
    /** @returns the rights of a live session; `undefined` if it has ended or expired */
    async standingOf(caller: Caller): Promise<Standing | undefined> {
      const command = new GetCommand({
        TableName,
        Key: sessionKey(caller),
        ProjectionExpression: 'pk, expiresAt, standing',
        ConsistentRead: true,
      });
      const { Item } = await client.send(command);
      if (!Item || Number(Item.expiresAt) <= clock.now()) return undefined;
      const read = readerOf(Item);
      return read.optional('standing', (name) => toStanding(read.object(name))) ?? MEMBER;
    },
  };
}
