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
        // The watcher comes back to it by itself, unless it has ended.
        const hasEnded = deposit.state === 'dropped' || deposit.state === 'reversed';
        expect(followed(deposit) === undefined).toBe(hasEnded);
      }
    }),
  );
});
