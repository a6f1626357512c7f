import type { HouseWalletOptions } from '#adapters/memory/house-wallet.ts';
import { Died, dying, faulty } from '#tests/helpers/faulty.ts';
import { ALICE, OUTSIDE, type TestWorld, testWorld, XMR } from '#tests/helpers/world.ts';
import type { WithdrawalId } from '../ids.ts';
import { asPiconero } from '../money/xmr.ts';
import { NodeUnavailable, WalletUnavailable } from '../unavailable.ts';
import { followWithdrawals } from './follow-withdrawals.ts';
import { LEASE_MS, payWithdrawal } from './pay-withdrawal.ts';
import type { Broadcast } from './withdrawals.ts';

const FEE = asPiconero(30_000_000n);
const PORTS = ['withdrawals', 'lease', 'wallet', 'node'] as const;

async function aWorld(wallet: HouseWalletOptions = {}) {
  const world = testWorld({ wallet });
  world.give(ALICE, 10n * XMR);
  return { world, id: await world.order() };
}

/** What a minute brings: blocks, the schedule, and the messages it sent. */
async function aMinute(world: TestWorld, blocks = 2) {
  world.pass(LEASE_MS + 1);
  world.chain.mine(blocks);
  await followWithdrawals(world.ports)();
  for (const id of world.queue.messages.splice(0)) await payWithdrawal(world.ports)(id);
}

async function expectPaidOnce(world: TestWorld, id: WithdrawalId) {
  for (let minute = 0; minute < 12; minute += 1) await aMinute(world);
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'confirmed', feePiconero: FEE });
  expect(world.chain.arrivedAt(OUTSIDE).map((tx) => tx.amountPiconero)).toEqual([XMR]);
  expect(world.balance()).toEqual({ availablePiconero: 9n * XMR - FEE, heldPiconero: 0n });
  expect(world.books.balance('house:payouts').availablePiconero).toBe(XMR);
  expect(world.books.balance('house:network_fees').availablePiconero).toBe(FEE);
}

test('pays a withdrawal, settles its fee and gives the unused part back', async () => {
  const { world, id } = await aWorld();
  expect(world.balance()).toEqual({
    availablePiconero: 9n * XMR - 240_000_000n,
    heldPiconero: XMR + 240_000_000n,
  });
  expect(await payWithdrawal(world.ports)(id)).toBe('done');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'broadcast', feePiconero: FEE });
  await expectPaidOnce(world, id);
});

test('stores the bytes and key images of the signed transaction, and not the wallet’s form of it', async () => {
  const { world, id } = await aWorld();
  await payWithdrawal(world.ports)(id);
  const { prepared } = (await world.withdrawals.get(id)) as Broadcast;
  expect(Object.keys(prepared).sort()).toEqual(['blob', 'keyImages']);
});

test('pays once when the same message comes three times', async () => {
  const { world, id } = await aWorld();
  for (let time = 0; time < 3; time += 1) expect(await payWithdrawal(world.ports)(id)).toBe('done');
  await expectPaidOnce(world, id);
});

test('pays once when three workers run at once', async () => {
  const { world, id } = await aWorld();
  const paid = await Promise.all([1, 2, 3].map(() => payWithdrawal(world.ports)(id)));
  expect(paid.filter((outcome) => outcome === 'done')).toHaveLength(1);
  await expectPaidOnce(world, id);
});

// Every call that the worker makes, killed before it has an effect and after: 12 or so places each.
describe.each(['before', 'after'] as const)('killed %s', (when) => {
  const places = Array.from({ length: 14 }, (_, at) => at + 1);

  test.each(places)('call %i, pays exactly once', async (at) => {
    const { world, id } = await aWorld();
    const { ports, calls } = dying(world.ports, [...PORTS], { at, when });
    const end = await payWithdrawal(ports)(id).catch((error) => error);
    if (at <= calls.made && calls.failed) expect(end).toBeInstanceOf(Died);
    await expectPaidOnce(world, id);
  });

  test.each(places)('call %i, pays it and a waiting one exactly once each', async (at) => {
    const { world, id } = await aWorld();
    const other = await world.order();
    const { ports } = dying(world.ports, [...PORTS], { at, when });
    await payWithdrawal(ports)(id).catch(() => {});
    await payWithdrawal(world.ports)(other);
    for (let minute = 0; minute < 14; minute += 1) await aMinute(world);
    expect(world.chain.arrivedAt(OUTSIDE).map((tx) => tx.amountPiconero)).toEqual([XMR, XMR]);
    expect(world.balance()).toEqual({ availablePiconero: 8n * XMR - 2n * FEE, heldPiconero: 0n });
  });
});

test('makes at most 14 calls, so that the tests above kill each of them', async () => {
  const { world, id } = await aWorld();
  const { ports, calls } = dying(world.ports, [...PORTS], { at: 0, when: 'before' });
  await payWithdrawal(ports)(id);
  expect(calls.made).toBeLessThanOrEqual(14);
});

describe.each([
  ['wallet', WalletUnavailable],
  ['node', NodeUnavailable],
] as const)('the %s away', (port, PartUnavailable) => {
  test.each([
    ['before', 1],
    ['before', 2],
    ['before', 3],
    ['after', 1],
    ['after', 2],
    ['after', 3],
  ] as const)('%s its call %i, does not fail the message, and pays exactly once', async (when, at) => {
    const { world, id } = await aWorld();
    const away = async () => {
      throw new PartUnavailable(port);
    };
    const { ports } = faulty(world.ports, [port], { at, when, what: away });
    expect(['done', 'retry']).toContain(await payWithdrawal(ports)(id));
    await expectPaidOnce(world, id);
  });
});

test('asks the node when the wallet’s reply to the relay is lost, and pays once', async () => {
  const { world, id } = await aWorld();
  const relay = async (payment: Parameters<typeof world.wallet.relay>[0]) => {
    await world.wallet.relay(payment);
    throw new Error('socket hang up');
  };
  expect(await payWithdrawal({ ...world.ports, wallet: { ...world.wallet, relay } })(id)).toBe('done');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'broadcast' });
  await expectPaidOnce(world, id);
});

// A process that the machine puts to sleep between two calls, while its lease runs out and another one works.
test.each(Array.from({ length: 14 }, (_, at) => at + 1))(
  'pays once when a worker is suspended at call %i while another pays',
  async (at) => {
    const { world, id } = await aWorld();
    const names = [...PORTS];
    let slept = false;
    const sleeper = faulty(world.ports, names, { at: 0, when: 'before', what: async () => Promise.reject() });
    const asleep = Object.fromEntries(
      names.map((port) => [
        port,
        Object.fromEntries(
          Object.entries(sleeper.ports[port]).map(([method, call]) => [
            method,
            async (...args: unknown[]) => {
              if (sleeper.calls.made + 1 === at && !slept) {
                slept = true;
                await aMinute(world);
                await payWithdrawal(world.ports)(id);
              }
              return (call as (...args: unknown[]) => Promise<unknown>)(...args);
            },
          ]),
        ),
      ]),
    );
    await payWithdrawal({ ...world.ports, ...asleep })(id);
    await expectPaidOnce(world, id);
  },
);
