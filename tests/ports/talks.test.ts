import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { documentClient } from '#adapters/dynamodb/client.ts';
import { dynamoTalks, messageItem } from '#adapters/dynamodb/talks.ts';
import type { AccountId, AttachmentId, MessageId, TradeId } from '#core/ids.ts';
import { PICTURES_IN_TRADE } from '#core/talk/limits.ts';
import { type Attachment, type Message, newMessageId } from '#core/talk/messages.ts';
import { asInstant } from '#core/time.ts';
import { fresh, rememberedFor } from '#tests/helpers/entities.ts';
import { ownTables } from '#tests/helpers/own-tables.ts';
import { inPages } from '#tests/helpers/pages.ts';
import { storeParts } from '#tests/helpers/store-parts.ts';
import { type Stores, stores } from './stores.ts';

const now = asInstant(1_000_000);
const page = { limit: 10 };

const aMessage = (changes: Partial<Message> = {}): Message => {
  const { tradeId = fresh<TradeId>() } = changes;
  return {
    id: newMessageId({ next: fresh }, tradeId),
    tradeId,
    senderId: fresh<AccountId>(),
    from: 'buyer',
    text: 'Hello\n👋',
    at: now,
    ...changes,
  };
};

describe.each(stores)('talks (%s)', (_, open) => {
  let talks: Stores['talks'];
  beforeAll(async () => {
    ({ talks } = await open());
  });
  const add = (message: Message, key?: string) => talks.add(message, rememberedFor(message.senderId, key));
  const several = async (count: number, tradeId = fresh<TradeId>()) => {
    const made = Array.from({ length: count }, () => aMessage({ tradeId }));
    for (const message of made) await add(message);
    return { tradeId, made };
  };

  test('a message comes back as it was stored, by its id and in its trade', async () => {
    const message = aMessage();
    expect(await add(message)).toBeUndefined();
    expect(await talks.get(message.id)).toEqual(message);
    expect(await talks.getMany([message.id, fresh<MessageId>()])).toEqual([message]);
    expect((await talks.page(message.tradeId, page)).items).toEqual([message]);
    expect((await talks.page(fresh(), page)).items).toEqual([]);
    expect(await talks.get(fresh<MessageId>())).toBeUndefined();
  });

  test('stores one message under one key, also of ten at once', async () => {
    const { senderId, tradeId } = aMessage();
    const outcomes = await Promise.all([...Array(10)].map(() => add(aMessage({ senderId, tradeId }), 'key')));
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'idempotency_key_reused')).toHaveLength(9);
    expect((await talks.page(tradeId, page)).items).toHaveLength(1);
  });

  test('pages are newest first, and show each message of the trade once', async () => {
    const { tradeId, made } = await several(7);
    await several(2);
    const list = ({ page: asked }: { page: Parameters<Stores['talks']['page']>[1] }) =>
      talks.page(tradeId, asked);
    for (const limit of [1, 3, 7, 8]) expect(await inPages(list, limit)).toEqual([...made].reverse());
  });

  test('keeps the first mark for each message, and none that goes back', async () => {
    const { tradeId, made } = await several(3);
    const [first, second, third] = made.map(({ id }) => id) as [MessageId, MessageId, MessageId];
    const mark = (upTo: MessageId, at: number) => talks.mark(tradeId, 'seller', { upTo, at: asInstant(at) });
    expect(await mark(second, now)).toBeUndefined();
    expect(await mark(first, now + 1)).toBe('older');
    expect(await mark(second, now + 2)).toBe('older');
    expect(await mark(third, now + 3)).toBeUndefined();
    const early = { upTo: second, at: now };
    const late = { upTo: third, at: asInstant(now + 3) };
    expect(await talks.marks(tradeId, 'seller', first, 9)).toEqual([early, late]);
    expect(await talks.marks(tradeId, 'seller', second, 1)).toEqual([early]);
    expect(await talks.marks(tradeId, 'seller', third, 9)).toEqual([late]);
    expect(await talks.marks(tradeId, 'buyer', first, 9)).toEqual([]);
  });

  test('finds the messages of an account in all trades, and erases their texts', async () => {
    const senderId = fresh<AccountId>();
    const made = [aMessage({ senderId }), aMessage({ senderId, from: 'arbitrator' })];
    for (const message of [...made, aMessage()]) await add(message);
    const list = ({ page: asked }: { page: Parameters<Stores['talks']['page']>[1] }) =>
      talks.ofSender(senderId, asked);
    expect(await inPages(list, 1)).toEqual(made);
    for (const { id } of made) await talks.eraseContent(id);
    const { text: _text, ...rest } = made[0]!;
    expect(await talks.get(rest.id)).toStrictEqual(rest);
    await talks.eraseContent(aMessage().id);
  });

  test('lists each talk once until it is erased, with everything in it', async () => {
    const { tradeId, made } = await several(60);
    const [{ id }] = made as [Message];
    await talks.mark(tradeId, 'buyer', { upTo: id, at: now });
    const listed = async (at: number) => (await talks.toCheck(asInstant(at), 1_000)).includes(tradeId);
    await talks.open(tradeId, now);
    await talks.open(tradeId, asInstant(now + 50));
    expect(await listed(now - 1)).toBe(false);
    expect(await listed(now)).toBe(true);
    await talks.checkAt(tradeId, asInstant(now + 100));
    expect(await listed(now + 99)).toBe(false);
    expect(await listed(now + 100)).toBe(true);
    for (const _ of [1, 2]) {
      await talks.erase(tradeId);
      expect(await listed(now + 100)).toBe(false);
      expect((await talks.page(tradeId, page)).items).toEqual([]);
      expect(await talks.marks(tradeId, 'buyer', id, 9)).toEqual([]);
      expect(await talks.get(id)).toBeUndefined();
    }
  });
});

describe.each(stores)('uploads (%s)', (_, open) => {
  let talks: Stores['talks'];
  beforeAll(async () => {
    ({ talks } = await open());
  });
  const anUpload = (changes: Partial<Attachment> = {}): Attachment => ({
    id: fresh<AttachmentId>(),
    tradeId: fresh<TradeId>(),
    ownerId: fresh<AccountId>(),
    contentType: 'image/webp',
    bytes: 1_234,
    isSent: false,
    expiresAt: now,
    ...changes,
  });
  const added = async (changes: Partial<Attachment> = {}) => {
    const upload = anUpload(changes);
    expect(await talks.addAttachment(upload, 'buyer')).toBeUndefined();
    return upload;
  };

  test('an upload comes back as it was stored, until it is removed', async () => {
    const upload = await added();
    expect(await talks.attachment(upload.id)).toEqual(upload);
    for (const _ of [1, 2]) {
      await talks.removeAttachment(upload.id);
      expect(await talks.attachment(upload.id)).toBeUndefined();
    }
  });

  test('one of ten messages at once gets an upload, and the message keeps the picture', async () => {
    const upload = await added();
    const { id, contentType, tradeId } = upload;
    const picture = { id, contentType, bytes: 99 };
    const messages = Array.from({ length: 10 }, () => aMessage({ tradeId, picture }));
    const send = (message: Message) => talks.add(message, rememberedFor(message.senderId), upload);
    const outcomes = await Promise.all(messages.map(send));
    expect(outcomes.filter((outcome) => outcome === undefined)).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'attachment_gone')).toHaveLength(9);
    expect((await talks.page(tradeId, page)).items).toMatchObject([{ picture }]);
    expect(await talks.attachment(id)).toEqual({ ...upload, isSent: true });
    const [{ id: messageId }] = (await talks.page(tradeId, page)).items as [Message];
    await talks.eraseContent(messageId);
    expect(await talks.get(messageId)).not.toHaveProperty('picture');
    await talks.removeAttachment(id);
    expect(await send(aMessage({ tradeId, picture }))).toBe('attachment_gone');
  });

  test('counts the uploads of each side in each trade, also when many come at once', async () => {
    const tradeId = fresh<TradeId>();
    await talks.open(tradeId, now);
    const uploads = Array.from({ length: PICTURES_IN_TRADE + 3 }, () => anUpload({ tradeId }));
    const outcomes = await Promise.all(uploads.map((upload) => talks.addAttachment(upload, 'seller')));
    expect(outcomes.filter((outcome) => outcome === 'too_many_open')).toHaveLength(3);
    await added({ tradeId });
    await talks.checkAt(tradeId, asInstant(now + 1));
    expect(await talks.addAttachment(anUpload({ tradeId }), 'seller')).toBe('too_many_open');
  });

  test('lists expired uploads, and no talk among them', async () => {
    const tradeId = fresh<TradeId>();
    await talks.open(tradeId, now);
    const [early, late] = [await added({ tradeId }), await added({ expiresAt: asInstant(now + 10) })];
    const ids = async (at: number) =>
      (await talks.expiredAttachments(asInstant(at), 1_000)).map(({ id }) => id);
    expect(await ids(now)).toContain(early.id);
    expect(await ids(now)).not.toContain(late.id);
    expect(await talks.expiredAttachments(asInstant(now - 1), 1_000)).toEqual([]);
    expect(await talks.toCheck(asInstant(now), 1_000)).toContain(tradeId);
  });
});

/** The read units of the requests that `work` sends, as the store counts them. */
async function unitsOf(client: DynamoDBDocumentClient, work: () => Promise<unknown>): Promise<number> {
  let units = 0;
  client.middlewareStack.add(
    (next) => async (args) => {
      Object.assign(args.input, { ReturnConsumedCapacity: 'TOTAL' });
      const answer = await next(args);
      const { ConsumedCapacity } = answer.output as { ConsumedCapacity?: { CapacityUnits?: number } };
      units += ConsumedCapacity?.CapacityUnits ?? 0;
      return answer;
    },
    { step: 'initialize', name: 'units' },
  );
  await work();
  client.middlewareStack.remove('units');
  return units;
}

test('a page costs the same in a talk of 100 and of 10,000 messages, at both ends', async () => {
  const client = documentClient();
  const tables = await ownTables();
  const talks = dynamoTalks(client, tables.talk, storeParts(tables).log);
  const tradeId = fresh<TradeId>();
  const made: Message[] = [];
  const costs: number[][] = [];
  for (const size of [100, 10_000]) {
    while (made.length < size) {
      const some = Array.from({ length: 25 }, () => aMessage({ tradeId, text: 'x'.repeat(100) }));
      const requests = some.map((message) => ({ PutRequest: { Item: messageItem(message) } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [tables.talk]: requests } }));
      made.push(...some);
    }
    const after = { before: made[20]!.id };
    costs.push([
      await unitsOf(client, () => talks.page(tradeId, { limit: 20 })),
      await unitsOf(client, () => talks.page(tradeId, { limit: 20, after })),
      await unitsOf(client, () => talks.marks(tradeId, 'buyer', made[0]!.id, 21)),
    ]);
  }
  client.destroy();
  expect(costs[1]).toEqual(costs[0]);
  expect(costs[0]).toEqual([3, 3, 0.5]);
}, 120_000);
