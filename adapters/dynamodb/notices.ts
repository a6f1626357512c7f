import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AccountId, DepositId, NoticeId, SessionId, TradeId, WithdrawalId } from '#core/ids.ts';
import type { Log } from '#core/log.ts';
import { CHOSEN_NOTICES, NOTICE_KINDS } from '#core/notices/kinds.ts';
import { MAX_COUNTED, NOTICE_LIFE_MS } from '#core/notices/limits.ts';
import type { Notice } from '#core/notices/notices.ts';
import type { Notices } from '#core/notices/ports.ts';
import { later } from '#core/time.ts';
import type { Item } from './client.ts';
import { pageOf, readerOf } from './items.ts';
import { keyOf, noticeKey, noticeSettingsKey, noticesPartition } from './keys.ts';
import { queryTable } from './query.ts';
import type { Write } from './transact.ts';
import { ttlSeconds } from './ttl.ts';
import { unlessRefused } from './writes.ts';

/** Upper bound of notices that one call of `trim` removes. */
const TRIMMED_AT_ONCE = 25;

/** The notices of each account in a partition of their own. DynamoDB TTL drops old ones. */
export function dynamoNotices(
  client: DynamoDBDocumentClient,
  TableName: string,
  log: Pick<Log, 'error'>,
): Notices {
  const settingsOf = async (accountId: AccountId) => {
    const command = new GetCommand({ TableName, Key: noticeSettingsKey(accountId) });
    const { Item } = await client.send(command);
    return Item && readerOf(Item);
  };
  const newest = (accountId: AccountId, limit: number, after?: string) =>
    queryTable(client, {
      table: TableName,
      pk: noticesPartition(accountId),
      after,
      newestFirst: true,
      limit,
    });
  const remove = (items: readonly Item[]) =>
    Promise.all(items.map((item) => client.send(new DeleteCommand({ TableName, Key: keyOf(item) }))));

  return {
    async ofAccount(accountId, { after, limit }) {
      const { items, more } = await newest(accountId, limit, after?.before);
      return { items: pageOf(items, toNotice, log), ...(more !== undefined && { next: { before: more } }) };
    },
    async readUpTo(accountId) {
      const read = await settingsOf(accountId);
      return read?.optional('readUpTo', read.text<NoticeId>);
    },
    async unread(accountId) {
      const mark = await this.readUpTo(accountId);
      const command = new QueryCommand({
        TableName,
        KeyConditionExpression: `pk = :pk${mark ? ' AND sk > :mark' : ''}`,
        ExpressionAttributeValues: { ':pk': noticesPartition(accountId), ...(mark && { ':mark': mark }) },
        Select: 'COUNT',
        Limit: MAX_COUNTED,
      });
      const { Count = 0 } = await client.send(command);
      return Number(Count);
    },
    async markRead(accountId, upTo) {
      const command = new UpdateCommand({
        TableName,
        Key: noticeSettingsKey(accountId),
        UpdateExpression: 'SET readUpTo = :upTo',
        ConditionExpression: 'attribute_not_exists(readUpTo) OR readUpTo < :upTo', // two tabs at once
        ExpressionAttributeValues: { ':upTo': upTo },
      });
      await unlessRefused(() => client.send(command));
    },
    async trim(accountId, keep) {
      const { items } = await newest(accountId, keep + TRIMMED_AT_ONCE);
      await remove(items.slice(keep));
    },
    async settings(accountId) {
      const read = await settingsOf(accountId);
      const kinds = (name: string) => {
        const stored = new Set(read?.texts(name));
        return CHOSEN_NOTICES.filter((kind) => stored.has(kind));
      };
      return read?.optional('email', () => ({ email: kinds('email'), browser: kinds('browser') }));
    },
    async saveSettings(accountId, { email, browser }) {
      const command = new UpdateCommand({
        TableName,
        Key: noticeSettingsKey(accountId),
        UpdateExpression: 'SET email = :email, browser = :browser',
        ExpressionAttributeValues: { ':email': email, ':browser': browser },
      });
      await client.send(command);
    },
    async erase(accountId) {
      let more: string | undefined;
      do {
        const page = await newest(accountId, 100, more);
        await remove(page.items);
        more = page.more;
      } while (more !== undefined);
      await client.send(new DeleteCommand({ TableName, Key: noticeSettingsKey(accountId) }));
    },
  };
}

/** The write of a notice in the transaction of its event. */
export const noticeWrite = (TableName: string, notice: Notice): Write => ({
  Put: {
    TableName,
    Item: {
      ...noticeKey(notice.accountId, notice.id),
      ...notice,
      expiresAtSeconds: ttlSeconds(later(notice.at, NOTICE_LIFE_MS)),
    },
  },
});

function toNotice(item: Item): Notice {
  const read = readerOf(item);
  const tradeId = read.optional('tradeId', read.text<TradeId>);
  const withdrawalId = read.optional('withdrawalId', read.text<WithdrawalId>);
  const depositId = read.optional('depositId', read.text<DepositId>);
  const sessionId = read.optional('sessionId', read.text<SessionId>);
  return {
    id: read.text('id'),
    accountId: read.text('accountId'),
    at: read.integer('at'),
    kind: read.oneOf('kind', NOTICE_KINDS),
    ...(tradeId !== undefined && { tradeId }),
    ...(withdrawalId !== undefined && { withdrawalId }),
    ...(depositId !== undefined && { depositId }),
    ...(sessionId !== undefined && { sessionId }),
  };
}
