import { fresh, rememberedFor, tradeWith } from '#tests/helpers/entities.ts';
import { Died, dying } from '#tests/helpers/faulty.ts';
import { png, pngChunk, SECRET } from '#tests/helpers/pictures.ts';
import { BUYER, granted, SELLER, STRANGER, testWorld } from '#tests/helpers/world.ts';
import type { Caller } from '../caller.ts';
import type { AttachmentId, TradeId } from '../ids.ts';
import { DAY_MS, later } from '../time.ts';
import { eraseTalks } from './erase-talks.ts';
import { ATTACHMENT_WAITS_MS, PICTURES_IN_TRADE, TALK_KEPT_MS } from './limits.ts';
import { listMessages } from './list-messages.ts';
import { removeUploads } from './remove-uploads.ts';
import { sendMessage } from './send-message.ts';
import { startAttachment } from './start-attachment.ts';

const MEMBER = { role: 'member' } as const;
const INVALID = { refused: 'invalid_attachment' };
/** A picture with a secret in its metadata. */
const FILE = png([pngChunk('tEXt', Buffer.from(SECRET))]);

function aTalk() {
  const world = testWorld();
  const now = world.clock.now();
  const parties = { buyerId: BUYER.accountId, sellerId: SELLER.accountId };
  let trade = tradeWith({ id: world.newId<TradeId>(), ...parties, paymentExpiresAt: later(now, DAY_MS) });
  const other = tradeWith({ id: world.newId<TradeId>(), ...parties, paymentExpiresAt: later(now, DAY_MS) });
  const trades = { get: async (id: TradeId) => [trade, other].find((one) => one.id === id) };
  const ports = { ...world.ports, trades };
  const { id: tradeId } = trade;
  const announced = { tradeId, contentType: 'image/png', bytes: FILE.length } as const;
  const start = (by: Caller = BUYER) => startAttachment(ports)(announced, by, MEMBER);
  return {
    world,
    ports,
    tradeId,
    otherId: other.id,
    start,
    end: () => {
      trade = { ...trade, state: 'completed', changedAt: world.clock.now(), version: 3 };
    },
    /** @returns the id of an uploaded file */
    async uploaded(file: Buffer = FILE) {
      const { attachmentId } = granted(await start());
      ports.pictures.put(attachmentId, file);
      return attachmentId;
    },
    send: (attachmentId: AttachmentId, by: Caller = BUYER, to = tradeId, with_ = ports) =>
      sendMessage(with_)({ tradeId: to, text: '', attachmentId }, by, {
        ...MEMBER,
        remember: () => rememberedFor(by.accountId),
      }),
  };
}

test('a picture is shown without its metadata, and its original is deleted', async () => {
  const { ports, tradeId, uploaded, send, world } = aTalk();
  const id = await uploaded();
  const sent = granted(await send(id));
  expect(sent).toMatchObject({ text: '', attachment: { contentType: 'image/png', bytes: png().length } });
  expect(Buffer.from(ports.pictures.kept(id)!).includes(SECRET)).toBe(false);
  expect(await ports.pictures.original(id)).toBeUndefined();
  expect(await ports.talks.attachment(id)).toBeUndefined();
  const { items } = granted(await listMessages(ports)({ tradeId, page: { limit: 9 } }, SELLER, MEMBER));
  expect(items.find(({ from }) => from === 'buyer')?.attachment?.url).toContain(`/uploads/pictures/${id}`);
  world.pass(ATTACHMENT_WAITS_MS);
  expect(await removeUploads(ports)()).toBe(0);
  expect(ports.pictures.kept(id)).toBeDefined();
});

test('sends no picture that was not uploaded, has another length or another content', async () => {
  const { start, uploaded, send, ports } = aTalk();
  expect(await send(granted(await start()).attachmentId)).toEqual(INVALID);
  expect(await send(await uploaded(Buffer.concat([FILE, Buffer.from('x')])))).toEqual(INVALID);
  const page = await uploaded(Buffer.alloc(FILE.length, '<script>'));
  expect(await send(page)).toEqual(INVALID);
  expect(ports.pictures.kept(page)).toBeUndefined();
  expect(await send(fresh<AttachmentId>())).toEqual(INVALID);
});

test('an upload belongs to one account, one trade and one message', async () => {
  const { start, uploaded, send, otherId } = aTalk();
  expect(await start(STRANGER)).toEqual({ refused: 'not_found' });
  const id = await uploaded();
  expect(await send(id, SELLER)).toEqual(INVALID);
  expect(await send(id, BUYER, otherId)).toEqual(INVALID);
  granted(await send(id));
  expect(await send(id)).toEqual(INVALID);
});

test('limits the uploads of one side, and not of the other', async () => {
  const { start } = aTalk();
  for (let count = 0; count < PICTURES_IN_TRADE; count++) granted(await start());
  expect(await start()).toEqual({ refused: 'too_many_open' });
  granted(await start(SELLER));
});

test('the schedule removes an upload that was never sent, and it cannot be sent any more', async () => {
  const { world, ports, uploaded, send } = aTalk();
  const id = await uploaded();
  world.pass(ATTACHMENT_WAITS_MS - 1);
  expect(await removeUploads(ports)()).toBe(0);
  world.pass(1);
  expect(await send(id)).toEqual(INVALID);
  expect(await removeUploads(ports)()).toBe(1);
  expect(await ports.pictures.original(id)).toBeUndefined();
  expect(await ports.talks.attachment(id)).toBeUndefined();
  expect(await send(id)).toEqual(INVALID);
});

test('pictures go with the talk, 30 days after the end', async () => {
  const { world, ports, uploaded, send, end } = aTalk();
  const id = await uploaded();
  granted(await send(id));
  end();
  world.pass(TALK_KEPT_MS);
  expect(await eraseTalks(ports)()).toBe(1);
  expect(ports.pictures.kept(id)).toBeUndefined();
});

test('a sender that dies at any call leaves no original, and a picture only with its message', async () => {
  for (const when of ['before', 'after'] as const)
    for (let at = 1; at <= 7; at++) {
      const { world, ports, tradeId, uploaded, send } = aTalk();
      const id = await uploaded();
      const { ports: mortal } = dying(ports, ['talks', 'pictures'], { at, when });
      await send(id, BUYER, tradeId, mortal).catch((error) => expect(error).toBeInstanceOf(Died));
      world.pass(ATTACHMENT_WAITS_MS);
      await removeUploads(ports)();
      expect(await ports.pictures.original(id)).toBeUndefined();
      const isSent = (await ports.talks.page(tradeId, { limit: 9 })).items.length === 1;
      expect({ at, when, kept: ports.pictures.kept(id) !== undefined }).toEqual({ at, when, kept: isSent });
    }
});
