import { type HouseWalletOptions, madeUpAddress } from '#adapters/memory/house-wallet.ts';
import { Died, dying, faulty } from '#tests/helpers/faulty.ts';
import { ALICE, OUTSIDE, type TestWorld, testWorld, XMR } from '#tests/helpers/world.ts';
import type { WithdrawalId } from '../ids.ts';
import { asPiconero } from '../money/xmr.ts';
import { NodeUnavailable, WalletUnavailable } from '../unavailable.ts';
import { followWithdrawals } from './follow-withdrawals.ts';
import { LEASE_MS, payWithdrawal } from './pay-withdrawal.ts';
import { resend } from './transitions.ts';
import type { Broadcast, Queued, SignedPayment } from './withdrawals.ts';

const FEE = asPiconero(30_000_000n);
const PORTS = ['withdrawals', 'lease', 'wallet', 'node'] as const;

async function aWorld(wallet: HouseWalletOptions = {}) {
  const world = testWorld({ wallet });
  world.give(ALICE, 10n * XMR);
  return { world, id: await world.order() };
}

/** Simulates a minute or more: new blocks, one run of the schedule, and the payments of the messages that it sent. */
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

// The worker dies at each of its calls, before or after the call's effect. A payment makes about 12 calls.
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

// A process that is suspended between two calls, while its lease expires and another payer works.
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

test.each([
  ['while 15 s of its lease are left', LEASE_MS - 15_000, 'done', 'broadcast', 1],
  ['no longer with less, so that no other payer is at work', LEASE_MS - 14_999, 'left', 'prepared', 0],
] as const)('relays a payment %s', async (_, signedAfterMs, outcome, state, sent) => {
  const { world, id } = await aWorld();
  world.between('wallet', 'prepare', async () => world.pass(signedAfterMs));
  expect(await payWithdrawal(world.ports)(id)).toBe(outcome);
  expect(await world.withdrawals.get(id)).toMatchObject({ state });
  expect(world.chain.pool.size).toBe(sent);
  await expectPaidOnce(world, id);
});

test('stores nothing when another payer takes the expired lease while the wallet signs', async () => {
  const { world, id } = await aWorld();
  world.between('wallet', 'prepare', async () => {
    world.pass(LEASE_MS + 1);
    await world.lease.take('another', LEASE_MS);
  });
  expect(await payWithdrawal(world.ports)(id)).toBe('left');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'queued', version: 1 });
  expect(world.chain.pool.size).toBe(0);
  await expectPaidOnce(world, id);
});

test.each([
  ['a larger amount', { amountPiconero: asPiconero(XMR + 1n) }],
  ['a smaller amount', { amountPiconero: asPiconero(XMR - 1n) }],
  ['a fee above the held maximum', { feePiconero: asPiconero(240_000_001n) }],
])('stores nothing when the wallet signs %s', async (_, signed) => {
  const { world, id } = await aWorld();
  const prepare: typeof world.wallet.prepare = async (order) =>
    ({ ...((await world.wallet.prepare(order)) as SignedPayment), ...signed }) as SignedPayment;
  const paying = payWithdrawal({ ...world.ports, wallet: { ...world.wallet, prepare } })(id);
  await expect(paying).rejects.toThrow('another payment');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'queued', version: 1 });
  expect(world.chain.pool.size).toBe(0);
});

test('gives nothing back for a withdrawal that changed while the wallet refused it', async () => {
  const { world, id } = await aWorld({ feePiconero: asPiconero(240_000_001n) });
  const queued = (await world.withdrawals.get(id)) as Queued;
  world.between('wallet', 'prepare', () => world.withdrawals.save(resend(queued, world.clock.now())));
  expect(await payWithdrawal(world.ports)(id)).toBe('left');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'queued', attempt: 2 });
  expect(world.balance().heldPiconero).toBe(XMR + 240_000_000n);
});

test('fails a withdrawal whose address the wallet refuses, and gives everything back', async () => {
  const { world, id } = await aWorld();
  const prepare = async () => 'address_refused' as const;
  expect(await payWithdrawal({ ...world.ports, wallet: { ...world.wallet, prepare } })(id)).toBe('done');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'failed', failureCode: 'address_refused' });
  expect(world.balance()).toEqual({ availablePiconero: 10n * XMR, heldPiconero: 0n });
});

test('pays nothing while the wallet is of another network', async () => {
  const { world, id } = await aWorld();
  const primaryAddress = async () => madeUpAddress(1, 53);
  const paying = payWithdrawal({ ...world.ports, wallet: { ...world.wallet, primaryAddress } })(id);
  expect(await paying).toBe('left');
  expect(await world.withdrawals.get(id)).toMatchObject({ state: 'queued' });
});
