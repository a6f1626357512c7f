import { type DynamoDBDocumentClient, GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Sessions } from '#core/accounts/ports.ts';
import { MAX_LIVE, type Session } from '#core/accounts/sessions.ts';
import type { AccountId, SessionId } from '#core/ids.ts';
import { asInstant, type Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { sessionKey } from './keys.ts';
import { ttlSeconds } from './ttl.ts';
import { unlessRefused } from './writes.ts';

/** Sessions with the digests of their refresh tokens. DynamoDB TTL drops expired ones. */
export function dynamoSessions(client: DynamoDBDocumentClient, TableName: string): Sessions {
  /** The races it closes: two rotations, and an addition after the read, which the rotation would overwrite. */
  const rotation = (read: Session, next: Session) => ({
    TableName,
    Item: toItem(next),
    ConditionExpression: '#version = :read AND size(live) = :live',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: { ':read': read.version, ':live': read.live.length },
  });

  /**
   * Appends a token, so that parallel additions are all written. The races it closes: a rotation or an end, which
   * change the version, and more parallel additions than `MAX_LIVE`.
   */
  const addition = (read: Session, next: Session) => ({
    TableName,
    Key: sessionKey(next.id),
    UpdateExpression:
      'SET live = list_append(live, :added), lastUsedAt = :now, expiresAt = :end, expiresAtSeconds = :ttl',
    ConditionExpression: '#version = :read AND size(live) < :most',
    ExpressionAttributeNames: { '#version': 'version' },
    ExpressionAttributeValues: {
      ':most': MAX_LIVE,
      ':added': next.live.slice(-1),
      ':now': next.lastUsedAt,
      ':end': next.expiresAt,
      ':ttl': ttlSeconds(next.expiresAt),
      ':read': read.version,
    },
  });

  return {
    async get(id) {
      const command = new GetCommand({ TableName, Key: sessionKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && toSession(Item);
    },
    async add(session) {
      await client.send(new PutCommand({ TableName, Item: toItem(session) }));
    },
    async trade(read, { kind, session }) {
      const write = () =>
        kind === 'rotation'
          ? client.send(new PutCommand(rotation(read, session)))
          : client.send(new UpdateCommand(addition(read, session)));
      return (await unlessRefused<object>(write)) ? undefined : 'changed_since';
    },
    async end(id, now) {
      const command = new UpdateCommand({
        TableName,
        Key: sessionKey(id),
        // The version changes, so that a parallel trade of a token fails.
        UpdateExpression: 'SET endedAt = :now ADD version :one',
        ConditionExpression: 'attribute_exists(pk) AND attribute_not_exists(endedAt)',
        ExpressionAttributeValues: { ':now': now, ':one': 1 },
      });
      await unlessRefused(() => client.send(command));
    },
  };
}

const toItem = (session: Session) => ({
  ...sessionKey(session.id),
  ...session,
  expiresAtSeconds: ttlSeconds(session.expiresAt),
});

const instant = (value: unknown): Instant => asInstant(Number(value));

const toSession = (item: Item): Session => ({
  id: item.id as SessionId,
  accountId: item.accountId as AccountId,
  remember: item.remember as boolean,
  lineDigest: item.lineDigest as string,
  live: item.live as string[],
  spent: (item.spent as { digest: string; at: bigint }[]).map(({ digest, at }) => ({
    digest,
    at: instant(at),
  })),
  createdAt: instant(item.createdAt),
  lastUsedAt: instant(item.lastUsedAt),
  expiresAt: instant(item.expiresAt),
  ...(item.endedAt !== undefined && { endedAt: instant(item.endedAt) }),
  version: Number(item.version),
});
