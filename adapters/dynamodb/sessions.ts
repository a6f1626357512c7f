import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { Sessions } from '#core/accounts/ports.ts';
import { callerOf, MAX_LIVE, type Session } from '#core/accounts/sessions.ts';
import { MEMBER, ROLES, type Standing } from '#core/accounts/standing.ts';
import type { Caller } from '#core/caller.ts';
import type { Log } from '#core/log.ts';
import type { Instant } from '#core/time.ts';
import type { Item } from './client.ts';
import { pageOf, readerOf } from './items.ts';
import { sessionKey, sessionsPartition } from './keys.ts';
import { type StoreParts, transactWithEvents } from './outbox.ts';
import { queryTable } from './query.ts';
import { ttlSeconds } from './ttl.ts';
import { unlessRefused } from './writes.ts';

/** Sessions with the digests of their refresh tokens. DynamoDB TTL drops expired ones. */
export function dynamoSessions(
  client: DynamoDBDocumentClient,
  TableName: string,
  { events: sink, log }: StoreParts,
): Sessions {
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
    Key: sessionKey(callerOf(next)),
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
    get: (caller) => readSession(client, TableName, caller),
    ...accountSessions(client, TableName, log),
    async add(session, events) {
      const put = { TableName, Item: toItem(session) };
      // A single write costs half the units of one in a transaction.
      if (events.length === 0) await client.send(new PutCommand(put));
      else await transactWithEvents(client, [{ Put: put }], events, sink);
    },
    async trade(read, { kind, session }) {
      const write = () =>
        kind === 'rotation'
          ? client.send(new PutCommand(rotation(read, session)))
          : client.send(new UpdateCommand(addition(read, session)));
      return (await unlessRefused<object>(write)) ? undefined : 'changed_since';
    },
    async keep(caller, credentialsVersion) {
      const command = new UpdateCommand({
        TableName,
        Key: sessionKey(caller),
        // The version changes, so that a parallel rotation cannot write the earlier `credentialsVersion` again.
        UpdateExpression: 'SET credentialsVersion = :number ADD version :one',
        ConditionExpression: 'attribute_exists(pk)', // ended meanwhile
        ExpressionAttributeValues: { ':number': credentialsVersion, ':one': 1 },
      });
      await unlessRefused(() => client.send(command));
    },
  };
}

/** The sessions of an account, for functions that open none. */
export function accountSessions(
  client: DynamoDBDocumentClient,
  TableName: string,
  log: Pick<Log, 'error'>,
): Pick<Sessions, 'ofAccount' | 'end'> {
  return {
    async ofAccount(accountId, { after, limit }) {
      // Newest first, because their ids sort by time.
      const pk = sessionsPartition(accountId);
      const range = { table: TableName, pk, after: after?.before, newestFirst: true, limit };
      const { items, more } = await queryTable(client, range);
      return { items: pageOf(items, toSession, log), ...(more !== undefined && { next: { before: more } }) };
    },
    async end(caller) {
      await client.send(new DeleteCommand({ TableName, Key: sessionKey(caller) }));
    },
  };
}

export async function readSession(
  client: DynamoDBDocumentClient,
  TableName: string,
  caller: Caller,
): Promise<Session | undefined> {
  const command = new GetCommand({ TableName, Key: sessionKey(caller), ConsistentRead: true });
  const { Item } = await client.send(command);
  return Item && toSession(Item);
}

const toItem = (session: Session) => ({
  ...sessionKey(callerOf(session)),
  ...session,
  expiresAtSeconds: ttlSeconds(session.expiresAt),
});

function toSession(item: Item): Session {
  const read = readerOf(item);
  const device = readerOf(read.object('device'));
  return {
    id: read.text('id'),
    accountId: read.text('accountId'),
    device: {
      browser: device.optional('browser', device.text),
      system: device.optional('system', device.text),
    },
    credentialsVersion: read.integer('credentialsVersion'),
    standing: read.optional('standing', (name) => toStanding(read.object(name))) ?? MEMBER,
    remember: read.isMarked('remember'),
    lineDigest: read.text('lineDigest'),
    live: read.texts('live'),
    spent: read.objects('spent').map((one) => ({
      digest: readerOf(one).text('digest'),
      at: readerOf(one).integer('at'),
    })),
    createdAt: read.integer('createdAt'),
    lastUsedAt: read.integer('lastUsedAt'),
    expiresAt: read.integer('expiresAt'),
    version: read.integer('version'),
  };
}

/** The rights of a session. Sessions from before there were roles have none stored. */
export function toStanding(item: Item): Standing {
  const read = readerOf(item);
  const suspended = read.optional('suspended', (name) => readerOf(read.object(name)));
  const until = suspended?.optional('until', suspended.integer<Instant>);
  return {
    role: read.oneOf('role', ROLES),
    ...(suspended && { suspended: { ...(until !== undefined && { until }) } }),
  };
}
