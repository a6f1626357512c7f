import fc from 'fast-check';
import { depositWith } from '#tests/helpers/entities.ts';
import type { AccountId } from '../ids.ts';
import { balanceChanges } from '../ledger/balances.ts';
import { userAccount } from '../ledger/ledger.ts';
import { asInstant } from '../time.ts';
import { DEPOSIT_STATES, type Deposit, type DepositState, followed } from './deposits.ts';
import { follow, type Sighting } from './transitions.ts';

const HEIGHT = 1_000;
const now = asInstant(5);

function worldOf() {
  let made = 0;
  return { height: HEIGHT, now, ids: { next: <T extends string>() => `id-${++made}` as T } };
}

const ofAlice = <S extends DepositState>(state: S, minedHeight?: number) =>
  depositWith({ accountId: 'alice' as AccountId, state, ...(minedHeight !== undefined && { minedHeight }) });

const DEPOSITS = {
  seen: ofAlice('seen'),
  credited: ofAlice('credited', 3),
  dropped: ofAlice('dropped'),
  reversed: ofAlice('reversed'),
} satisfies Record<DepositState, Deposit>;

const blockAt = (minedHeight: number, isLocked = false): Sighting => ({ in: 'block', minedHeight, isLocked });
const nowhere: Sighting = { in: 'nowhere' };
const pool: Sighting = { in: 'pool' };
const young = blockAt(HEIGHT - 9);
const deep = blockAt(HEIGHT - 10);
const locked = blockAt(HEIGHT - 10, true);

const sightings = { nowhere, pool, young, deep, locked };

test.each([
  ['seen', { nowhere: 'dropped', pool: 'seen', young: 'seen', deep: 'credited', locked: 'seen' }],
  [
    'credited',
    { nowhere: 'reversed', pool: 'reversed', young: 'credited', deep: 'credited', locked: 'credited' },
  ],
  ['dropped', { nowhere: 'dropped', pool: 'dropped', young: 'seen', deep: 'seen', locked: 'seen' }],
  ['reversed', { nowhere: 'reversed', pool: 'reversed', young: 'seen', deep: 'seen', locked: 'seen' }],
] as const)('the next state of a deposit that is %s, by the depth of its transaction', (state, expected) => {
  for (const [name, sighting] of Object.entries(sightings)) {
    const from = DEPOSITS[state];
    const to = follow(from, sighting, worldOf())?.to ?? from;
    expect([name, to.state]).toEqual([name, expected[name as keyof typeof sightings]]);
  }
});

test('only a credit moves the amount to its owner, and only a reversal moves it back', () => {
  const credited = follow(DEPOSITS.seen, deep, worldOf())!;
  expect(balanceChanges(credited.moves)).toEqual([
    { account: 'house:deposits', available: -7n, held: 0n },
    { account: 'user:alice', available: 7n, held: 0n },
  ]);
  const reversed = follow(credited.to, nowhere, worldOf())!;
  expect(balanceChanges(reversed.moves)).toEqual([
    { account: 'user:alice', available: -7n, held: 0n },
    { account: 'house:deposits', available: 7n, held: 0n },
  ]);
  expect(follow(DEPOSITS.seen, nowhere, worldOf())!.moves).toEqual([]);
  expect(follow(reversed.to, young, worldOf())!.moves).toEqual([]);
});

test('writes a deposit only if something changed', () => {
  const seen: Deposit = { ...DEPOSITS.seen, minedHeight: HEIGHT - 9 };
  expect(follow(seen, young, worldOf())).toBeUndefined();
  expect(follow(seen, blockAt(HEIGHT - 8), worldOf())?.to).toMatchObject({ minedHeight: HEIGHT - 8 });
});

test('names each change of state by one event of its owner, and a new block by none', () => {
  const expectOne = (type: string, from: Deposit, sighting: Sighting) =>
    expect(follow(from, sighting, worldOf())?.events).toEqual([
      { type, depositId: from.id, accountIds: ['alice'], version: 2, at: now },
    ]);
  expectOne('deposit_credited', DEPOSITS.seen, deep);
  expectOne('deposit_dropped', DEPOSITS.seen, nowhere);
  expectOne('deposit_reversed', DEPOSITS.credited, nowhere);
  expectOne('deposit_seen', DEPOSITS.dropped, young);
  expect(follow(DEPOSITS.seen, young, worldOf())?.events).toEqual([]);
});

test('keeps the time of the credit when its transaction is mined again in another block', () => {
  const { creditedAt } = DEPOSITS.credited;
  expect(follow(DEPOSITS.credited, young, worldOf())?.to).toMatchObject({ state: 'credited', creditedAt });
  expect(follow(DEPOSITS.seen, deep, worldOf())?.to).toMatchObject({ creditedAt: now });
});

test('writes a deposit whose lock changed, and keeps the lock of the pool', () => {
  const seen: Deposit = { ...DEPOSITS.seen, minedHeight: HEIGHT - 9, unlockHeight: 7 };
  const at = asInstant(9_000);
  expect(follow(seen, { ...young, unlockHeight: 7 } as Sighting, worldOf())).toBeUndefined();
  expect(follow(seen, { ...young, unlockHeight: 8 } as Sighting, worldOf())?.to).toMatchObject({
    unlockHeight: 8,
  });
  expect(follow(seen, { ...young, unlockHeight: 7, unlockAt: at } as Sighting, worldOf())?.to).toMatchObject({
    unlockAt: at,
  });
  const inPool = follow(seen, { in: 'pool', unlockHeight: 7 }, worldOf())?.to;
  expect(inPool).toMatchObject({ state: 'seen', unlockHeight: 7 });
  expect(inPool).toHaveProperty('minedHeight', undefined);
});

test('uses the same transfer for a dropped deposit that is mined again, and a new one after a reversal', () => {
  const { transferId } = DEPOSITS.dropped;
  expect(follow(DEPOSITS.dropped, young, worldOf())?.to.transferId).toBe(transferId);
  expect(follow(DEPOSITS.reversed, young, worldOf())?.to.transferId).not.toBe(transferId);
});

test('the watcher follows a deposit by its lock, or by the height of its block once it is credited', () => {
  const at = asInstant(9_000);
  const seen = (more: object) => followed({ ...DEPOSITS.seen, ...more });
  expect(seen({})).toEqual({ list: 'open' });
  expect(seen({ unlockAt: at })).toEqual({ list: 'open' });
  expect(seen({ minedHeight: 50 })).toEqual({ list: 'open' });
  expect(seen({ minedHeight: 50, unlockAt: at })).toEqual({
    list: 'locked',
    minedHeight: 50,
    unlock: { at },
  });
  // A lock that ends with the tenth confirmation delays nothing, so the deposit stays in the list `open`.
  expect(seen({ minedHeight: 50, unlockHeight: 60 })).toEqual({ list: 'open' });
  expect(seen({ minedHeight: 50, unlockHeight: 61 })).toEqual({
    list: 'locked',
    minedHeight: 50,
    unlock: { height: 61 },
  });
  expect(followed(DEPOSITS.credited)).toEqual({ list: 'credited', minedHeight: 3 });
});

const anySighting = fc.oneof(
  fc.constant(nowhere),
  fc.constant(pool),
  fc.record({
    in: fc.constant('block' as const),
    minedHeight: fc.integer({ min: HEIGHT - 15, max: HEIGHT - 1 }),
    isLocked: fc.boolean(),
    unlockHeight: fc.option(fc.integer({ min: 1, max: 2 * HEIGHT }), { nil: undefined }),
  }),
);

test('the owner has the amount exactly while the deposit is credited, by transfers used once', () => {
  fc.assert(
    fc.property(fc.array(anySighting, { maxLength: 30 }), (seen) => {
      const world = worldOf();
      let deposit: Deposit = DEPOSITS.seen;
      let balance = 0n;
      const transfers = new Set<string>();
      for (const sighting of seen) {
        const step = follow(deposit, sighting, world);
        if (!step) continue;
        expect(step.to.version).toBe(deposit.version + 1);
        deposit = step.to;
        for (const { transfer } of step.moves) {
          expect(transfers.has(transfer.id)).toBe(false);
          transfers.add(transfer.id);
        }
        const own = balanceChanges(step.moves).find(
          ({ account }) => account === userAccount('alice' as AccountId),
        );
        balance += own?.available ?? 0n;
        expect(balance).toBe(deposit.state === 'credited' ? 7n : 0n);
        expect(DEPOSIT_STATES).toContain(deposit.state);
        // Every deposit that has not ended is in one of the watcher's lists.
        const hasEnded = deposit.state === 'dropped' || deposit.state === 'reversed';
        expect(followed(deposit) === undefined).toBe(hasEnded);
      }
    }),
  );
});
