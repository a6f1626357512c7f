import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AccountId, AttachmentId, MessageId, TradeId } from '#core/ids.ts';
import type { Log } from '#core/log.ts';
import { forEachInPages, type Page, type PageRequest } from '#core/paging.ts';
import { MESSAGE_TTL_MS, PICTURE_TYPES, PICTURES_IN_TRADE } from '#core/talk/limits.ts';
import type { Attachment, Message, Picture } from '#core/talk/messages.ts';
import type { ReadMark, Talks } from '#core/talk/ports.ts';
import { SPEAKERS, type Speaker } from '#core/talk/states.ts';
import { type Instant, later } from '#core/time.ts';
import type { Item } from './client.ts';
import { rememberWrite } from './idempotency.ts';
import {
  ATTACHMENTS_TO_CHECK,
  checkedBefore,
  checkOrder,
  MESSAGES_BY_SENDER,
  TALKS_BY_CHECK,
  TALKS_TO_CHECK,
} from './indexes.ts';
import { pageOf, readerOf } from './items.ts';
import { attachmentKey, type Key, keyOf, messageKey, readMarkKey, talkKey, tradeOfTalk } from './keys.ts';
import { getMany, queryRange, queryTable } from './query.ts';
import { transact, type Write } from './transact.ts';
import { ttlSeconds } from './ttl.ts';
import { unlessRefused } from './writes.ts';

/** The messages of trades and their read marks, in a partition of its own for each trade and speaker. */
export function dynamoTalks(client: DynamoDBDocumentClient, table: string, log: Log): Talks {
  const stored = { client, table, log };
  return {
    ...senderTalks(client, table, log),

    async open(tradeId, eraseCheckAt) {
      const Key = talkKey(tradeId);
      const { Item } = await client.send(new GetCommand({ TableName: table, Key }));
      if (Item) return;
      const command = new PutCommand({
        TableName: table,
        Item: { ...Key, ...checkKeys(TALKS_TO_CHECK, tradeId, eraseCheckAt), ...expiry(eraseCheckAt) },
        ConditionExpression: 'attribute_not_exists(pk)', // another message was first
      });
      await unlessRefused(() => client.send(command));
    },

    add: (message, remembered, attachment) =>
      transact<'idempotency_key_reused' | 'attachment_gone'>(client, [
        // Two requests with one key at once: the second finds the row.
        rememberWrite(table, remembered),
        ...(attachment ? [sentWrite(table, attachment)] : []),
        {
          Put: {
            TableName: table,
            Item: messageItem(message),
            ConditionExpression: 'attribute_not_exists(pk)',
          },
        },
      ]),

    async get(id) {
      const command = new GetCommand({ TableName: table, Key: messageKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && toMessage(Item);
    },

    getMany: async (ids) =>
      pageOf(await getMany(client, table, ids.map(messageKey), 'eventual'), toMessage, log),

    page: (tradeId, page) => messagesOf(stored, tradeId, page),

    async toCheck(now, limit) {
      const range = { table, index: TALKS_BY_CHECK, partition: TALKS_TO_CHECK, after: checkedBefore(now) };
      const { items } = await queryRange(client, { ...range, newestFirst: true, limit });
      return items.map((item) => tradeOfTalk(keyOf(item)));
    },

    async checkAt(tradeId, at) {
      const { checkPk, checkSk } = checkKeys(TALKS_TO_CHECK, tradeId, at);
      const command = new UpdateCommand({
        TableName: table,
        Key: talkKey(tradeId),
        // Not a Put, because the item also counts the uploads of both sides.
        UpdateExpression: 'SET checkPk = :pk, checkSk = :sk, expiresAtSeconds = :until',
        ExpressionAttributeValues: {
          ':pk': checkPk,
          ':sk': checkSk,
          ':until': expiry(at).expiresAtSeconds,
        },
      });
      await client.send(command);
    },

    async erase(tradeId) {
      const drop = async (key: Key) => {
        await client.send(new DeleteCommand({ TableName: table, Key: key }));
      };
      for (const partition of [
        messagePartition(tradeId),
        ...SPEAKERS.map((one) => markPartition(tradeId, one)),
      ])
        await forEachInPages((page) => keysIn(stored, partition, page), drop);
      await drop(talkKey(tradeId));
    },

    ...readMarks(stored),
    ...attachments(stored),
  };
}

/** The read marks of each speaker. */
const readMarks = ({ client, table }: Stored): Pick<Talks, 'mark' | 'marks'> => ({
  async mark(tradeId, speaker, { upTo, at }) {
    const Key = readMarkKey(tradeId, speaker, upTo);
    const last = { table, pk: Key.pk, newestFirst: true, limit: 1 };
    const [newest] = (await queryTable(client, last)).items;
    if (newest && keyOf(newest).sk >= upTo) return 'older';
    await client.send(new PutCommand({ TableName: table, Item: { ...Key, at, ...expiry(at) } }));
    return undefined;
  },

  async marks(tradeId, speaker, from, limit) {
    const { pk, sk } = readMarkKey(tradeId, speaker, from);
    const command = new QueryCommand({
      TableName: table,
      KeyConditionExpression: 'pk = :pk AND sk >= :from',
      ExpressionAttributeValues: { ':pk': pk, ':from': sk },
      Limit: limit,
    });
    const { Items = [] } = await client.send(command);
    return Items.map(toMark);
  },
});

/** The uploads that were announced. */
function attachments({
  client,
  table,
  log,
}: Stored): Pick<Talks, 'addAttachment' | 'attachment' | 'expiredAttachments' | 'removeAttachment'> {
  return {
    addAttachment: (attachment, speaker) =>
      transact(client, [
        countUpload(table, attachment.tradeId, speaker),
        { Put: { TableName: table, Item: attachmentItem(attachment) } },
      ]),

    async attachment(id) {
      const command = new GetCommand({ TableName: table, Key: attachmentKey(id), ConsistentRead: true });
      const { Item } = await client.send(command);
      return Item && toAttachment(Item);
    },

    async expiredAttachments(now, limit) {
      const range = {
        table,
        index: TALKS_BY_CHECK,
        partition: ATTACHMENTS_TO_CHECK,
        after: checkedBefore(now),
      };
      const { items } = await queryRange(client, { ...range, newestFirst: true, limit });
      return pageOf(await getMany(client, table, items.map(keyOf), 'strong'), toAttachment, log);
    },

    async removeAttachment(id) {
      await client.send(new DeleteCommand({ TableName: table, Key: attachmentKey(id) }));
    },
  };
}

/** The race it closes: many uploads at once, beyond the limit. */
const countUpload = (TableName: string, tradeId: TradeId, speaker: Speaker): Write<'too_many_open'> => ({
  Update: {
    TableName,
    Key: talkKey(tradeId),
    UpdateExpression: 'ADD #uploads :one',
    ConditionExpression: 'attribute_not_exists(#uploads) OR #uploads < :most',
    ExpressionAttributeNames: { '#uploads': `${speaker}Uploads` },
    ExpressionAttributeValues: { ':one': 1, ':most': PICTURES_IN_TRADE },
  },
  ifNot: 'too_many_open',
});

/** The race it closes: two messages with one upload, and an upload that the schedule removes at once. */
const sentWrite = (TableName: string, { id }: Attachment): Write<'attachment_gone'> => ({
  Update: {
    TableName,
    Key: attachmentKey(id),
    UpdateExpression: 'SET isSent = :yes',
    ConditionExpression: 'isSent = :no',
    ExpressionAttributeValues: { ':yes': true, ':no': false },
  },
  ifNot: 'attachment_gone',
});

/** The messages of one account, for functions that read no talk. */
export const senderTalks = (
  client: DynamoDBDocumentClient,
  table: string,
  log: Log,
): Pick<Talks, 'ofSender' | 'eraseContent'> => ({
  ofSender: (sender, page) => messagesOfSender({ client, table, log }, sender, page),

  async eraseContent(id) {
    const command = new UpdateCommand({
      TableName: table,
      Key: messageKey(id),
      UpdateExpression: 'REMOVE #text, picture',
      ConditionExpression: 'attribute_exists(pk)', // the talk was erased meanwhile
      ExpressionAttributeNames: { '#text': 'text' },
    });
    await unlessRefused(() => client.send(command));
  },
});

type Stored = { client: DynamoDBDocumentClient; table: string; log: Log };

const messagePartition = (tradeId: TradeId) => messageKey(`${tradeId}.` as MessageId).pk;
const markPartition = (tradeId: TradeId, speaker: Speaker) =>
  readMarkKey(tradeId, speaker, '' as MessageId).pk;

async function messagesOf(
  { client, table, log }: Stored,
  tradeId: TradeId,
  { after, limit }: PageRequest,
): Promise<Page<Message>> {
  const range = { table, pk: messagePartition(tradeId), after: after?.before, newestFirst: true, limit };
  const { items, more } = await queryTable(client, range);
  return { items: pageOf(items, toMessage, log), ...(more !== undefined && { next: { before: more } }) };
}

async function messagesOfSender(
  { client, table, log }: Stored,
  sender: AccountId,
  { after, limit }: PageRequest,
): Promise<Page<Message>> {
  const range = { table, index: MESSAGES_BY_SENDER, partition: sender, after: after?.after };
  const { items, more } = await queryRange(client, { ...range, newestFirst: false, limit });
  const found = await getMany(client, table, items.map(keyOf), 'strong');
  return { items: pageOf(found, toMessage, log), ...(more !== undefined && { next: { after: more } }) };
}

async function keysIn(
  { client, table }: Stored,
  pk: string,
  { after, limit }: PageRequest,
): Promise<Page<Key>> {
  const { items, more } = await queryTable(client, {
    table,
    pk,
    after: after?.sk,
    newestFirst: false,
    limit,
  });
  return { items: items.map(keyOf), ...(more !== undefined && { next: { sk: more } }) };
}

const expiry = (from: Instant) => ({ expiresAtSeconds: ttlSeconds(later(from, MESSAGE_TTL_MS)) });

const checkKeys = (partition: string, id: TradeId | AttachmentId, at: Instant) => ({
  checkPk: partition,
  checkSk: checkOrder(at, id),
});

const attachmentItem = (attachment: Attachment): Item => ({
  ...attachmentKey(attachment.id),
  ...attachment,
  ...checkKeys(ATTACHMENTS_TO_CHECK, attachment.id, attachment.expiresAt),
  ...expiry(attachment.expiresAt),
});

function toAttachment(item: Item): Attachment {
  const read = readerOf(item);
  return {
    ...toPicture(item),
    tradeId: read.text<TradeId>('tradeId'),
    ownerId: read.text<AccountId>('ownerId'),
    isSent: read.isMarked('isSent'),
    expiresAt: read.integer<Instant>('expiresAt'),
  };
}

function toPicture(item: Item): Picture {
  const read = readerOf(item);
  return {
    id: read.text<AttachmentId>('id'),
    contentType: read.oneOf('contentType', PICTURE_TYPES),
    bytes: read.integer('bytes'),
  };
}

/** A message as stored. */
export const messageItem = (message: Message): Item => ({
  ...messageKey(message.id),
  ...message,
  senderSk: message.id,
  ...expiry(message.at),
});

function toMessage(item: Item): Message {
  const read = readerOf(item);
  const text = read.optional('text', read.text);
  const picture = read.optional('picture', (name) => toPicture(read.object(name)));
  return {
    id: read.text<MessageId>('id'),
    tradeId: read.text<TradeId>('tradeId'),
    senderId: read.text<AccountId>('senderId'),
    from: read.oneOf('from', SPEAKERS),
    ...(text !== undefined && { text }),
    ...(picture && { picture }),
    at: read.integer<Instant>('at'),
  };
}

const toMark = (item: Item): ReadMark => ({
  upTo: keyOf(item).sk as MessageId,
  at: readerOf(item).integer<Instant>('at'),
});
