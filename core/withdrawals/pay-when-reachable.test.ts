import { faulty } from '#tests/helpers/faulty.ts';
import { ALICE, OUTSIDE, type TestWorld, testWorld, XMR } from '#tests/helpers/world.ts';
import { SECOND_MS } from '../time.ts';
import { NodeUnavailable, Unavailable, WalletUnavailable } from '../unavailable.ts';
import { followWithdrawals } from './follow-withdrawals.ts';
import { PATIENCE_MS, payWhenReachable, RETRY_EVERY_MS } from './pay-when-reachable.ts';

const PARTS = [
  ['wallet', () => new WalletUnavailable()],
  ['node', () => new NodeUnavailable()],
  ['withdrawals', () => new Unavailable('database')],
  ['lease', () => new Unavailable('database')],
] as const;

async function aWorld() {
  const world = testWorld();
  world.give(ALICE, 10n * XMR);
  return { world, id: await world.order() };
}

/** Ports whose `sleep` moves the clock of the world. `slept` contains the pauses in milliseconds. */
function patient({ ports, pass }: Pick<TestWorld, 'ports' | 'pass'>) {
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
    pass(ms);
  };
  return { ports: { ...ports, sleep }, slept };
}

/** Makes each call of a part throw until `backAt`, a time of the world's clock in milliseconds. */
function awayUntil(
  world: TestWorld,
  part: (typeof PARTS)[number][0],
  unavailable: () => Error,
  backAt: number,
) {
  const calls = Object.entries(world.ports[part]).map(([name, call]) => [
    name,
    async (...args: unknown[]) => {
      if (world.clock.now() < backAt) throw unavailable();
      return (call as (...args: unknown[]) => unknown)(...args);
    },
  ]);
  return { ...world.ports, [part]: Object.fromEntries(calls) } as TestWorld['ports'];
}

test.each(PARTS)(
  'pays at the first try after the %s is back, by the same message',
  async (part, unavailable) => {
    const { world, id } = await aWorld();
    world.queue.messages.length = 0;
    const ports = awayUntil(world, part, unavailable, world.clock.now() + 9 * SECOND_MS);
    const { ports: waiting, slept } = patient({ ports, pass: world.pass });
    expect(await payWhenReachable(waiting)(id)).toBe('done');
    expect(slept).toEqual(Array(5).fill(RETRY_EVERY_MS));
    expect(world.queue.messages).toEqual([]);
    expect(world.chain.arrivedAt(OUTSIDE)).toHaveLength(1);
  },
);

test('pauses at most 2 s between two tries', () => {
  expect(RETRY_EVERY_MS).toBeLessThanOrEqual(2 * SECOND_MS);
});

test.each(PARTS)('hands over to a new message when the %s stays unreachable', async (part, unavailable) => {
  const { world, id } = await aWorld();
  world.queue.messages.length = 0;
  const away = awayUntil(world, part, unavailable, Number.POSITIVE_INFINITY);
  const { ports, slept } = patient({ ports: away, pass: world.pass });
  for (const message of [1, 2, 3]) {
    expect(await payWhenReachable(ports)(id)).toBe('left');
    expect(world.queue.messages).toEqual(Array(message).fill(id));
  }
  expect(slept).toHaveLength((3 * PATIENCE_MS) / RETRY_EVERY_MS);
  const { ports: back } = patient(world);
  expect(await payWhenReachable(back)(id)).toBe('done');
  expect(world.chain.arrivedAt(OUTSIDE)).toHaveLength(1);
});

test('waits for another payer that holds the lease, and then pays', async () => {
  const { world, id } = await aWorld();
  await world.lease.take('another', 5 * SECOND_MS);
  const { ports, slept } = patient(world);
  expect(await payWhenReachable(ports)(id)).toBe('done');
  expect(slept).toHaveLength(3);
});

test('takes its lease again after a failed release', async () => {
  const { world, id } = await aWorld();
  const failing = faulty(world.ports, ['lease'], {
    at: 2,
    when: 'before',
    what: async () => {
      throw new Unavailable('database');
    },
  });
  const { ports, slept } = patient({ ports: failing.ports, pass: world.pass });
  expect(await payWhenReachable(ports)(id)).toBe('done');
  expect(failing.calls.failed).toBe('lease.release');
  expect(slept).toHaveLength(1);
  expect(world.chain.arrivedAt(OUTSIDE)).toHaveLength(1);
});

test('does not wait after a fault, so that the message reaches the dead-letter queue', async () => {
  const { world, id } = await aWorld();
  const broken = { ...world.node, status: async () => Promise.reject(new TypeError('broken')) };
  const { ports, slept } = patient({ ports: { ...world.ports, node: broken }, pass: world.pass });
  await expect(payWhenReachable(ports)(id)).rejects.toThrow('broken');
  expect(slept).toEqual([]);
});

test('the schedule sends the message if the queue cannot be reached either', async () => {
  const { world, id } = await aWorld();
  const queue = { ...world.queue, send: async () => Promise.reject(new Unavailable('queue')) };
  const away = awayUntil(world, 'wallet', () => new WalletUnavailable(), Number.POSITIVE_INFINITY);
  const { ports } = patient({ ports: { ...away, queue }, pass: world.pass });
  expect(await payWhenReachable(ports)(id)).toBe('left');
  world.queue.messages.length = 0;
  await followWithdrawals(world.ports)();
  expect(world.queue.messages).toEqual([id]);
});

test('the next run of the schedule sends an order that the queue refused', async () => {
  const world = testWorld();
  world.give(ALICE, 10n * XMR);
  const { send } = world.queue;
  world.ports.queue.send = async () => Promise.reject(new Unavailable('queue'));
  const id = await world.order();
  await followWithdrawals(world.ports)();
  expect(world.queue.messages).toEqual([]);
  world.ports.queue.send = send;
  await followWithdrawals(world.ports)();
  expect(world.queue.messages).toEqual([id]);
  expect(await payWhenReachable(patient(world).ports)(id)).toBe('done');
});
