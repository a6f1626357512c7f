import * as contract from '#contract/live.ts';
import { onTheWire } from '#tests/helpers/wire.ts';
import { ALICE, BOB, granted, STRANGER, testWorld } from '#tests/helpers/world.ts';
import type { Caller } from '../caller.ts';
import type { StoredEvent } from '../events/events.ts';
import type { AccountId, DepositId, ReviewId, SessionId, TradeId, TransferId, WithdrawalId } from '../ids.ts';
import { asInstant, SECOND_MS } from '../time.ts';
import { connect } from './connect.ts';
import { disconnect } from './disconnect.ts';
import { type HintJob, hintsOf, jobsOf } from './hints.ts';
import {
  CONNECTION_MS,
  HINTS_IN_JOB,
  LIVE_SLOTS,
  MARKET_HINT_EVERY_MS,
  OPENING_MS,
  TICKET_MS,
} from './limits.ts';
import { openLive } from './open-live.ts';
import { queueHints } from './queue-hints.ts';
import { sendHints } from './send-hints.ts';
import { tellMarket } from './tell-market.ts';

const liveUrl = 'wss://pupero.example/live';

const common = {
  accountIds: [ALICE.accountId, BOB.accountId],
  by: BOB.accountId,
  version: 3,
  at: asInstant(1_000),
  requestId: 'r',
};
const trade: StoredEvent = { ...common, type: 'trade_payment_sent', tradeId: 't1' as TradeId };

function aWorld() {
  const world = testWorld();
  const ports = { ...world.ports, liveUrl };
  let connections = 0;
  const ticketOf = async (caller: Caller) => {
    const { url } = granted(await openLive(ports)({}, caller));
    return new URL(url).searchParams.get('ticket')!;
  };
  const connectWith = (ticket: string | undefined, connectionId = `c${connections++}`) =>
    connect(ports)({ connectionId, ticket });
  return {
    world,
    ticketOf,
    connectWith,
    /** Opens a connection. @returns its id */
    async opened(caller: Caller) {
      const connectionId = `of ${caller.accountId} ${connections++}`;
      expect(await connectWith(await ticketOf(caller), connectionId)).toBe(true);
      return connectionId;
    },
    send: (job: HintJob) => sendHints(ports)(job),
    framesOf: (connectionId: string) => world.ports.sender.frames.get(connectionId) ?? [],
    open: async ({ accountId }: Caller) =>
      (await ports.connections.ofAccount(accountId, ports.clock.now())).map(
        ({ connectionId }) => connectionId,
      ),
    close: (connectionId: string) => disconnect(ports)({ connectionId }),
    openLive: (caller: Caller) => openLive(ports)({}, caller),
  };
}

describe('the hints of an event', () => {
  test('go to every account that it concerns, also to the actor, who gets no notice', () => {
    expect(hintsOf(trade)).toEqual([
      { accountId: 'alice', hint: { type: 'trade', id: 't1', version: 3 } },
      { accountId: 'alice', hint: { type: 'wallet', id: 'alice' } },
      { accountId: 'bob', hint: { type: 'trade', id: 't1', version: 3 } },
      { accountId: 'bob', hint: { type: 'wallet', id: 'bob' } },
      { accountId: 'alice', hint: { type: 'notice', id: '000000000001000-t1-3' } },
    ]);
  });

  test.each<[StoredEvent, string[]]>([
    [
      { ...common, type: 'withdrawal_broadcast', withdrawalId: 'w' as WithdrawalId },
      ['withdrawal', 'wallet'],
    ],
    [{ ...common, type: 'deposit_credited', depositId: 'd' as DepositId }, ['deposit', 'wallet', 'notice']],
    [{ ...common, type: 'transfer_received', transferId: 'x' as TransferId }, ['wallet']],
    [{ ...common, type: 'signed_in_elsewhere', sessionId: 's' as SessionId }, ['notice']],
    [{ ...common, type: 'email_removed', accountId: ALICE.accountId }, []],
  ])('of %j', (event, types) => {
    const ofAlice = hintsOf(event).filter(({ accountId }) => accountId === ALICE.accountId);
    expect(ofAlice.map(({ hint }) => hint.type)).toEqual(types);
  });

  test('of a review go to both parties, without the version of the trade', () => {
    const review: StoredEvent = {
      ...common,
      accountIds: [ALICE.accountId],
      version: 1,
      type: 'trade_reviewed',
      reviewId: 'r' as ReviewId,
      tradeId: 't1' as TradeId,
    };
    expect(hintsOf(review)).toEqual([
      { accountId: 'alice', hint: { type: 'trade', id: 't1' } },
      { accountId: 'bob', hint: { type: 'trade', id: 't1' } },
      { accountId: 'alice', hint: { type: 'notice', id: expect.any(String) } },
    ]);
  });

  test('are put into the queue, in messages of a bounded size', async () => {
    const { world } = aWorld();
    await queueHints(world.ports.hints)(trade);
    expect(world.ports.hints.jobs).toEqual([
      { job: { kind: 'accounts', hints: hintsOf(trade) }, delayMs: 0 },
    ]);
    const many = Array.from({ length: 2 * HINTS_IN_JOB + 1 }, () => hintsOf(trade)[0]!);
    expect(jobsOf(many).map((job) => job.kind === 'accounts' && job.hints.length)).toEqual([
      HINTS_IN_JOB,
      HINTS_IN_JOB,
      1,
    ]);
    expect(jobsOf([])).toEqual([]);
  });
});

describe('a ticket', () => {
  test('has the form of the contract', async () => {
    const { world, openLive: ask } = aWorld();
    const now = world.clock.now();
    expect(onTheWire(contract.openLive, granted(await ask(ALICE)))).toEqual({
      url: expect.stringMatching(/^wss:\/\/pupero\.example\/live\?ticket=alice\.\d+\.[\w-]{43}$/),
      expiresAt: new Date(now + TICKET_MS).toISOString(),
    });
  });

  test('opens one connection, also if it is used twice at once', async () => {
    const { ticketOf, connectWith, open } = aWorld();
    const ticket = await ticketOf(ALICE);
    const answers = await Promise.all([connectWith(ticket, 'one'), connectWith(ticket, 'two')]);
    expect(answers.sort()).toEqual([false, true]);
    expect(await connectWith(ticket)).toBe(false);
    expect(await open(ALICE)).toHaveLength(1);
  });

  test('expires', async () => {
    const { world, ticketOf, connectWith } = aWorld();
    const ticket = await ticketOf(ALICE);
    world.pass(TICKET_MS);
    expect(await connectWith(ticket)).toBe(false);
  });

  test('that is forged, cut or of another account opens nothing', async () => {
    const { ticketOf, connectWith, open } = aWorld();
    const ticket = await ticketOf(ALICE);
    const [, slot, secret] = ticket.split('.');
    for (const forged of [
      undefined,
      '',
      ticket.slice(0, -1),
      `alice.${slot}.${'A'.repeat(43)}`,
      `alice.${(Number(slot) + 1) % LIVE_SLOTS}.${secret}`,
      `bob.${slot}.${secret}`,
      `${ticket}.`,
    ])
      expect(await connectWith(forged)).toBe(false);
    expect(await open(ALICE)).toEqual([]);
    expect(await connectWith(ticket)).toBe(true);
  });
});

describe('the slots of an account', () => {
  test('limit its tickets and connections together, also for simultaneous calls', async () => {
    const { opened, openLive: ask } = aWorld();
    await opened(ALICE);
    const answers = await Promise.all(Array.from({ length: LIVE_SLOTS + 5 }, () => ask(ALICE)));
    const given = answers.filter((answer) => 'url' in answer);
    expect(new Set(given.map(({ url }) => url.split('.').at(-2)))).toHaveProperty('size', given.length);
    for (let more = 0; more < LIVE_SLOTS; more += 1) await ask(ALICE);
    expect(await ask(ALICE)).toEqual({ refused: 'too_many_open' });
    expect(await ask(BOB)).toHaveProperty('url');
  });

  test('are enough for the twelve tabs of a browser that starts', async () => {
    const { openLive: ask } = aWorld();
    const answers = await Promise.all(Array.from({ length: 12 }, () => ask(ALICE)));
    expect(answers.filter((answer) => 'url' in answer)).toHaveLength(12);
  });

  test('are free again after a ticket or a connection has ended', async () => {
    const { world, opened, close, openLive: ask, open } = aWorld();
    const connectionId = await opened(ALICE);
    for (let more = 1; more < LIVE_SLOTS; more += 1) await ask(ALICE);
    expect(await ask(ALICE)).toEqual({ refused: 'too_many_open' });
    await close(connectionId);
    await close(connectionId);
    expect(await ask(ALICE)).toHaveProperty('url');
    world.pass(TICKET_MS);
    await opened(ALICE);
    world.pass(CONNECTION_MS);
    expect(await open(ALICE)).toEqual([]);
  });

  test('a closed connection does not free the slot of its successor', async () => {
    const { world, opened, close, open } = aWorld();
    const first = await opened(ALICE);
    const [connection] = await world.ports.connections.ofAccount(ALICE.accountId, world.clock.now());
    await close(first);
    const second = await opened(ALICE);
    await world.ports.connections.close(connection!);
    expect(await open(ALICE)).toEqual([second]);
  });
});

describe('sendHints', () => {
  const hint = { type: 'trade', id: 't1', version: 3 } as const;
  const toAlice: HintJob = { kind: 'accounts', hints: [{ accountId: ALICE.accountId, hint }] };

  test('sends a hint to each connection of its account, and to nobody else', async () => {
    const { opened, send, framesOf } = aWorld();
    const [one, two, other] = [await opened(ALICE), await opened(ALICE), await opened(STRANGER)];
    expect(await send(toAlice)).toBe(2);
    expect([framesOf(one), framesOf(two), framesOf(other)]).toEqual([[hint], [hint], []]);
    expect(await send({ kind: 'accounts', hints: [{ accountId: 'nobody' as AccountId, hint }] })).toBe(0);
  });

  test('removes a connection that is gone, unless it was just opened', async () => {
    const { world, opened, send, open } = aWorld();
    const [gone, there] = [await opened(ALICE), await opened(ALICE)];
    world.ports.sender.gone.add(gone);
    expect(await send(toAlice)).toBe(1);
    expect(await open(ALICE)).toEqual([gone, there]);
    world.pass(OPENING_MS + 1);
    expect(await send(toAlice)).toBe(1);
    expect(await open(ALICE)).toEqual([there]);
  });

  test('sends to the other connections if one fails', async () => {
    const { world, opened, send, framesOf } = aWorld();
    const [broken, there] = [await opened(ALICE), await opened(ALICE)];
    const { post } = world.ports.sender;
    world.ports.sender.post = async (id, sent) => {
      if (id === broken) throw new Error('429');
      return post(id, sent);
    };
    expect(await send(toAlice)).toBe(1);
    expect(framesOf(there)).toEqual([hint]);
  });

  test('sends market hints to everybody, at most one a second, and one after the last change', async () => {
    const { world, opened, send, framesOf } = aWorld();
    const market: HintJob = { kind: 'market' };
    const ids = [];
    for (let count = 0; count < 150; count += 1)
      ids.push(await opened({ ...ALICE, accountId: `account${count}` as AccountId }));
    expect(await send(market)).toBe(150);
    world.pass(100);
    for (let count = 0; count < 20; count += 1) expect(await send(market)).toBe(0);
    expect(world.ports.hints.jobs).toEqual([{ job: market, delayMs: MARKET_HINT_EVERY_MS }]);
    world.pass(MARKET_HINT_EVERY_MS);
    expect(await send(market)).toBe(150);
    expect(framesOf(ids[0]!)).toEqual([
      { type: 'market', id: 'market' },
      { type: 'market', id: 'market' },
    ]);
    world.pass(10 * SECOND_MS);
    expect(await send(market)).toBe(150);
  });

  test('queues a market hint again if its repeated job arrives a little early', async () => {
    const { world, opened, send } = aWorld();
    await opened(ALICE);
    const market: HintJob = { kind: 'market' };
    await send(market);
    await send(market);
    world.pass(MARKET_HINT_EVERY_MS - 5);
    expect(await send(market)).toBe(0);
    expect(world.ports.hints.jobs).toHaveLength(2);
  });
});

test('tellMarket queues no hint after a refusal or without a change', async () => {
  const { world } = aWorld();
  const { hints } = world.ports;
  for (const result of [{ refused: 'not_found' }, 0, { changed: 0 }])
    await tellMarket(hints, async () => result)();
  expect(hints.jobs).toEqual([]);
  expect(await tellMarket(hints, async (count: number) => count)(7)).toBe(7);
  expect(hints.jobs).toEqual([{ job: { kind: 'market' }, delayMs: 0 }]);
});
