import { ulids } from '#adapters/system/ids.ts';
import { fresh, rememberedFor, tradeWith } from '#tests/helpers/entities.ts';
import { Died, dying } from '#tests/helpers/faulty.ts';
import { inPages } from '#tests/helpers/pages.ts';
import { BUYER, granted, SELLER, STRANGER, testWorld, XMR } from '#tests/helpers/world.ts';
import type { Caller } from '../caller.ts';
import type { MessageId, TradeId } from '../ids.ts';
import type { PageRequest } from '../paging.ts';
import { asInstant, DAY_MS, later, SECOND_MS } from '../time.ts';
import { historyOf, type Trade } from '../trades/trades.ts';
import { eraseTalks } from './erase-talks.ts';
import { MESSAGES_IN_TRADE, TALK_KEPT_MS } from './limits.ts';
import { listMessages } from './list-messages.ts';
import { markMessagesRead } from './mark-messages-read.ts';
import { firstIdAt, newMessageId, tradeOf } from './messages.ts';
import { sendMessage, unstoredParts } from './send-message.ts';
import { systemLines } from './system-lines.ts';

const MEMBER = { role: 'member' } as const;
const MODERATOR = { role: 'moderator' } as const;
const page = { limit: 50 };

/** A talk in a trade of BUYER and SELLER, which the test may change. */
function aTalk(changes: Partial<Trade> = {}) {
  const world = testWorld();
  const now = world.clock.now();
  const times = { createdAt: now, changedAt: now, paymentExpiresAt: later(now, DAY_MS) };
  const parties = { buyerId: BUYER.accountId, sellerId: SELLER.accountId };
  let trade = tradeWith({ id: world.newId<TradeId>(), ...parties, ...times, ...changes });
  const trades = { get: async (id: TradeId) => (id === trade.id ? trade : undefined) };
  const ports = { ...world.ports, trades };
  const tradeId = trade.id;
  const call = (by: Caller, key?: string) => ({
    ...MEMBER,
    remember: () => rememberedFor(by.accountId, key),
  });
  return {
    world,
    ports,
    tradeId,
    change: (next: Partial<Trade>) => {
      trade = { ...trade, version: trade.version + 1, ...next };
    },
    send: (by: Caller, text: string, key?: string) =>
      sendMessage(ports)({ tradeId, text }, by, call(by, key)),
    list: (by: Caller, as: typeof MEMBER | typeof MODERATOR = MEMBER) =>
      listMessages(ports)({ tradeId, page }, by, as),
    read: (by: Caller, upTo: MessageId) => markMessagesRead(ports)({ tradeId, upTo }, by, MEMBER),
    erase: eraseTalks(ports),
  };
}

type Talk = ReturnType<typeof aTalk>;

/** The messages of people, newest first. */
const spoken = async ({ list }: Talk, by = BUYER) =>
  granted(await list(by)).items.filter(({ from }) => from !== 'system');

test('both parties read what each wrote, newest first', async () => {
  const talk = aTalk();
  const first = granted(await talk.send(BUYER, 'Hello'));
  talk.world.pass(SECOND_MS);
  await talk.send(SELLER, 'Good day');
  expect(first).toEqual({ id: first.id, at: expect.any(Number), from: 'buyer', text: 'Hello' });
  for (const reader of [BUYER, SELLER])
    expect(await spoken(talk, reader)).toMatchObject([
      { from: 'seller', text: 'Good day' },
      { from: 'buyer', text: 'Hello' },
    ]);
});

test('others neither read nor write nor mark, and an arbitrator does only while it is disputed', async () => {
  const talk = aTalk();
  const { id } = granted(await talk.send(BUYER, 'Hello'));
  const refused = { refused: 'not_found' };
  expect(await talk.send(STRANGER, 'Psst')).toEqual(refused);
  expect(await talk.list(STRANGER)).toEqual(refused);
  expect(await talk.list(STRANGER, MODERATOR)).toEqual(refused);
  expect(await talk.read(STRANGER, id)).toEqual(refused);
  talk.change({
    state: 'disputed',
    dispute: { openedBy: 'buyer', reason: 'r', openedAt: talk.world.clock.now() },
  });
  expect(await talk.list(STRANGER)).toEqual(refused);
  expect(granted(await talk.list(STRANGER, MODERATOR)).items.at(-2)).toMatchObject({ text: 'Hello' });
  const asked = { tradeId: talk.tradeId, text: 'What happened?' };
  const call = { ...MODERATOR, remember: () => rememberedFor(STRANGER.accountId) };
  expect(await sendMessage(talk.ports)(asked, STRANGER, call)).toMatchObject({ from: 'arbitrator' });
});

test('a mark is told to both parties once, and that of an arbitrator to nobody', async () => {
  const talk = aTalk();
  const { id } = granted(await talk.send(BUYER, 'Hello'));
  const { jobs } = talk.world.ports.hints;
  const before = jobs.length;
  for (const _ of [1, 2, 3]) await talk.read(SELLER, id);
  expect(jobs).toHaveLength(before + 1);
  talk.change({
    state: 'disputed',
    dispute: { openedBy: 'buyer', reason: 'r', openedAt: talk.world.clock.now() },
  });
  await markMessagesRead(talk.ports)({ tradeId: talk.tradeId, upTo: id }, STRANGER, MODERATOR);
  expect(jobs).toHaveLength(before + 1);
});

test('each step of a trade is one line, however often the talk is read', async () => {
  const world = testWorld();
  world.give(SELLER, XMR);
  const offer = await world.publish();
  const remember = { remember: () => rememberedFor(BUYER.accountId) };
  const asked = { offerId: offer.id, amountFiat: '20.00' };
  const { id: tradeId } = granted(await world.startTrade(asked, BUYER, remember));
  world.pass(SECOND_MS);
  for (const _ of [1, 2]) await world.confirmPaymentSent({ tradeId }, BUYER);
  world.pass(SECOND_MS);
  for (const _ of [1, 2]) await world.confirmPaymentReceived({ tradeId }, SELLER);
  const read = async () => granted(await listMessages(world)({ tradeId, page }, BUYER, MEMBER)).items;
  const lines = await read();
  expect(lines.map(({ from, text }) => `${from}: ${text}`)).toEqual([
    'system: completed',
    'system: payment_sent',
    'system: awaiting_payment',
  ]);
  expect(await read()).toEqual(lines);
});

test('a trade from before steps were stored has its start and its last step', () => {
  const at = asInstant(5_000);
  const texts = (trade: Trade) => systemLines(trade).map(({ text }) => text);
  expect(texts(tradeWith())).toEqual(['awaiting_payment']);
  const ended = tradeWith({ state: 'completed', changedAt: at, version: 3 });
  expect(texts(ended)).toEqual(['awaiting_payment', 'completed']);
  expect(systemLines(ended).at(-1)?.at).toBe(at);
});

test('pages of every length show each line once, in the order of time', async () => {
  const talk = aTalk();
  const { world } = talk;
  for (let count = 0; count < 12; count++) {
    world.pass(SECOND_MS);
    await talk.send(count % 3 ? BUYER : SELLER, `${count}`);
    if (count === 4 || count === 11) {
      world.pass(1);
      const at = world.clock.now();
      const state = count === 4 ? 'payment_sent' : 'completed';
      const history = [
        ...historyOf((await talk.ports.trades.get(talk.tradeId))!),
        { state, at, by: 'buyer' } as const,
      ];
      talk.change({ state, changedAt: at, history });
    }
  }
  const all = granted(await talk.list(BUYER)).items.map(({ text }) => text);
  expect(all).toEqual('completed 11 10 9 8 7 6 5 payment_sent 4 3 2 1 0 awaiting_payment'.split(' '));
  for (let limit = 1; limit <= all.length + 1; limit++) {
    const read = async (asked: { page: PageRequest }) =>
      granted(await listMessages(talk.ports)({ tradeId: talk.tradeId, ...asked }, BUYER, MEMBER));
    expect((await inPages(read, limit)).map(({ text }) => text)).toEqual(all);
  }
});

test('an own message is read when the other party marks it, and another’s when the reader does', async () => {
  const talk = aTalk();
  const { world } = talk;
  const first = granted(await talk.send(BUYER, 'one'));
  world.pass(SECOND_MS);
  const second = granted(await talk.send(BUYER, 'two'));
  const readAts = async (by: Caller) => (await spoken(talk, by)).map(({ readAt }) => readAt);
  expect(await readAts(SELLER)).toEqual([undefined, undefined]);

  world.pass(SECOND_MS);
  const early = world.clock.now();
  await talk.read(SELLER, first.id);
  world.pass(SECOND_MS);
  const late = world.clock.now();
  await talk.read(SELLER, second.id);
  world.pass(SECOND_MS);
  await talk.read(SELLER, first.id);
  await talk.read(SELLER, second.id);
  for (const reader of [BUYER, SELLER]) expect(await readAts(reader)).toEqual([late, early]);

  // Marking one's own messages says nothing about the other party.
  const third = granted(await talk.send(BUYER, 'three'));
  await talk.read(BUYER, third.id);
  expect((await readAts(BUYER))[0]).toBeUndefined();
});

test('marks no message of another trade, of the future or of no form', async () => {
  const talk = aTalk();
  const { id } = granted(await talk.send(BUYER, 'Hello'));
  const future = firstIdAt(talk.tradeId, later(talk.world.clock.now(), DAY_MS));
  const others = [
    newMessageId(talk.world.ports.ids, fresh()),
    future,
    'x',
    '.',
    talk.tradeId,
    `${talk.tradeId}.~`,
  ];
  for (const upTo of others)
    expect(await talk.read(SELLER, upTo as MessageId)).toEqual({ refused: 'not_found' });
  expect((await spoken(talk, SELLER))[0]).not.toHaveProperty('readAt');
  expect(await talk.read(SELLER, id)).toBeUndefined();
});

test('limits what one party sends in one trade, and not the other party', async () => {
  const talk = aTalk();
  const sent = [];
  for (let count = 0; count <= MESSAGES_IN_TRADE.burst; count++) sent.push(await talk.send(BUYER, 'again'));
  expect(sent.at(-2)).toMatchObject({ text: 'again' });
  expect(sent.at(-1)).toEqual({ refused: 'too_many_requests', retryAfterSeconds: 4 });
  expect(await talk.send(SELLER, 'stop it')).toMatchObject({ text: 'stop it' });
  talk.world.pass(MESSAGES_IN_TRADE.everyMs);
  expect(await talk.send(BUYER, 'again')).toMatchObject({ text: 'again' });
});

test('stores no text with a key, and reads it again until it is erased', async () => {
  const talk = aTalk();
  const stored: object[] = [];
  const remember = (view: object) => {
    stored.push(view);
    return rememberedFor(BUYER.accountId, 'one');
  };
  const asked = { tradeId: talk.tradeId, text: 'secret' };
  const sent = granted(await sendMessage(talk.ports)(asked, BUYER, { ...MEMBER, remember }));
  expect(JSON.stringify(stored)).not.toContain('secret');
  const readAgain = () => unstoredParts(talk.ports)(sent.id);
  expect(await readAgain()).toEqual({ text: 'secret' });
  await talk.ports.talks.eraseContent(sent.id);
  expect(await readAgain()).toEqual({});
  await talk.ports.talks.erase(talk.tradeId);
  expect(await readAgain()).toEqual({});
  expect(await talk.send(BUYER, 'secret', 'one')).toEqual({ refused: 'idempotency_key_reused' });
});

test('erases the talk of a trade 30 days after its end, and not before', async () => {
  const talk = aTalk();
  const { world, ports } = talk;
  await talk.send(BUYER, 'Hello');
  const stored = async () => (await ports.talks.page(talk.tradeId, page)).items.length;
  world.pass(TALK_KEPT_MS);
  // The trade still goes on, so it is listed for another 30 days.
  talk.change({ paymentExpiresAt: later(world.clock.now(), DAY_MS) });
  expect(await talk.erase()).toBe(0);
  world.pass(10 * DAY_MS);
  talk.change({ state: 'completed', changedAt: world.clock.now() });
  world.pass(TALK_KEPT_MS - 1);
  expect(await talk.erase()).toBe(0);
  expect(await stored()).toBe(1);
  world.pass(1);
  expect(await talk.list(BUYER)).toEqual({ refused: 'not_found' });
  expect(await talk.erase()).toBe(1);
  expect(await stored()).toBe(0);
  expect(await talk.erase()).toBe(0);
});

test('erases a talk whose trade is unknown, and those after one that fails', async () => {
  const talk = aTalk();
  const { world, ports } = talk;
  const lost = fresh<TradeId>();
  await ports.talks.open(lost, world.clock.now());
  const broken = fresh<TradeId>();
  await ports.talks.open(broken, world.clock.now());
  const trades = {
    get: async (id: TradeId) => {
      if (id === broken) throw new Error('unreadable');
      return undefined;
    },
  };
  await expect(eraseTalks({ ...ports, trades })()).rejects.toThrow('unreadable');
  expect(await ports.talks.toCheck(world.clock.now(), 9)).toEqual([broken]);
});

test.each([
  ['before', 0],
  ['after', 1],
] as const)('a sender that dies %s it stores the message leaves %i messages', async (when, count) => {
  const talk = aTalk();
  const { ports } = dying(talk.ports, ['talks'], { at: 2, when });
  const call = { ...MEMBER, remember: () => rememberedFor(BUYER.accountId) };
  const asked = { tradeId: talk.tradeId, text: 'Hello' };
  await expect(sendMessage(ports)(asked, BUYER, call)).rejects.toThrow(Died);
  expect(await spoken(talk)).toHaveLength(count);
});

test('the first id of a time sorts between the ids of the times around it', () => {
  const trade = fresh<TradeId>();
  for (const at of [31, 32, 33, 1_700_000_000_123, 2 ** 47]) {
    const [before, after] = [at - 1, at].map((time) =>
      newMessageId(ulids({ now: () => asInstant(time) }), trade),
    );
    const first = firstIdAt(trade, asInstant(at));
    expect(before! < first && first < after!).toBe(true);
    expect(first).toHaveLength(after!.length);
    expect(tradeOf(first)).toBe(trade);
  }
});
