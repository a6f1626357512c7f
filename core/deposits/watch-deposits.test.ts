import { blobOf, type FakeTransaction, memoryChain } from '#adapters/memory/chain.ts';
import { memoryHouseWallet } from '#adapters/memory/house-wallet.ts';
import { memoryNode } from '#adapters/memory/node.ts';
import { dying } from '#tests/helpers/faulty.ts';
import { ALICE, OUTSIDE, testWorld, XMR } from '#tests/helpers/world.ts';
import { audit } from '../audit/audit.ts';
import type { WalletStatus } from '../chain/wallet.ts';
import type { AccountId } from '../ids.ts';
import { asPiconero, type Piconero } from '../money/xmr.ts';
import { NodeUnavailable, WalletUnavailable } from '../unavailable.ts';
import { listEntries } from '../wallet/list-entries.ts';
import type { SignedPayment } from '../withdrawals/withdrawals.ts';
import { listDeposits } from './list-deposits.ts';
import { newDepositAddress } from './new-deposit-address.ts';
import { type WatchPorts, watchDeposits } from './watch-deposits.ts';

const TXID = 'ab'.repeat(32);

/** A port that records the arguments of each call of one of its methods. */
function recorded<Port extends object, Name extends keyof Port>(port: Port, name: Name) {
  const calls: unknown[][] = [];
  const method = port[name] as (...args: unknown[]) => unknown;
  const keeping = (...args: unknown[]) => {
    calls.push(args);
    return method(...args);
  };
  return { calls, port: { ...port, [name]: keeping } };
}

type Replaced = Partial<Pick<WatchPorts, 'network' | 'log'>> & {
  [Port in 'wallet' | 'node' | 'deposits']?: Partial<WatchPorts[Port]>;
};

/** A log that records its messages with their ids. */
function keptLog() {
  const said: [message: string, ids: Record<string, unknown>][] = [];
  const keep = (message: string, ids: Record<string, unknown>) => void said.push([message, ids]);
  return { said, log: { info: keep, warn: keep, error: keep } };
}

/** Alice's address, payments to it, and the watcher after its first round. */
async function aWorld() {
  const world = testWorld();
  await watchDeposits(world.ports)();
  const address = (await world.addresses.currentOrFirst(ALICE.accountId))!;
  const pay = (amount = XMR, to = address, txid = TXID, unlockHeight?: number) =>
    world.chain.submit(
      blobOf({
        txid,
        keyImages: [txid],
        address: to,
        amountPiconero: asPiconero(amount),
        ...(unlockHeight !== undefined && { unlockHeight }),
      }),
    );
  const shown = async () => (await listDeposits(world.ports)({ page: { limit: 10 } }, ALICE)).items;
  const watch = watchDeposits(world.ports);
  const available = () => world.balance().availablePiconero;
  /** Runs one round with some methods of its ports replaced. */
  const watchWith = ({ wallet, node, deposits, ...others }: Replaced) =>
    watchDeposits({
      ...world.ports,
      ...others,
      wallet: { ...world.wallet, ...wallet },
      node: { ...world.node, ...node },
      deposits: { ...world.deposits, ...deposits },
    })();
  return { world, address, pay, shown, watch, watchWith, available };
}

test('shows a deposit from the pool on, and credits it once at 10 confirmations', async () => {
  const { world, pay, shown } = await aWorld();
  pay();
  await watchDeposits(world.ports)();
  expect(await shown()).toMatchObject([{ state: 'seen', confirmations: 0, amountXmr: XMR, txid: TXID }]);
  expect(await world.deposits.pending(ALICE.accountId)).toBe(XMR);

  world.chain.mine(9);
  await watchDeposits(world.ports)();
  expect(await shown()).toMatchObject([{ state: 'seen', confirmations: 9 }]);
  expect(world.balance().availablePiconero).toBe(0n);

  world.chain.mine(1);
  for (let again = 0; again < 3; again += 1) await watchDeposits(world.ports)();
  expect(await shown()).toMatchObject([{ state: 'credited', confirmations: 10 }]);
  expect(await world.deposits.pending(ALICE.accountId)).toBe(0n);
  world.chain.mine(100);
  await watchDeposits(world.ports)();
  expect(world.balance().availablePiconero).toBe(XMR);
  expect(world.books.balance('house:deposits').availablePiconero).toBe(-XMR);
});

test('credits a deposit once when three watchers run at once', async () => {
  const { world, pay } = await aWorld();
  pay();
  world.chain.mine(10);
  await Promise.all([
    watchDeposits(world.ports)(),
    watchDeposits(world.ports)(),
    watchDeposits(world.ports)(),
  ]);
  expect(world.balance().availablePiconero).toBe(XMR);
});

test.each([
  ['deposits', 'open'],
  ['deposits', 'getMany'],
  ['wallet', 'incoming'],
  ['states', 'read'],
] as const)('credits a deposit once when another round runs after its %s.%s', async (port, method) => {
  const { world, pay, watch, shown, available } = await aWorld();
  pay();
  world.chain.mine(10);
  world.between(port, method as never, watch);
  await watch();
  expect(await shown()).toMatchObject([{ state: 'credited' }]);
  expect(available()).toBe(XMR);
  expect(world.books.transfers.size).toBe(1);
  const { version } = (await world.states.read())!;
  await watch();
  expect((await world.states.read())!.version).toBe(version + 1);
});

test('the heartbeat of a round has the answers of node and wallet', async () => {
  const { world, watch } = await aWorld();
  world.pass(60_000);
  world.chain.mine(2);
  const at = world.clock.now();
  const heartbeat = await watch();
  expect(heartbeat).toEqual({
    at,
    node: 'ok',
    wallet: 'ok',
    nodeSeenAt: at,
    walletSeenAt: at,
    height: 102,
    houseAddress: await world.wallet.primaryAddress(),
    walletPiconero: 5_000n * XMR,
    feePerBytePiconero: 20_000n,
    walletInterfaceVersion: 65_568,
    coinSums: [5_000n * XMR],
  });
  expect(await world.heartbeats.read()).toEqual(heartbeat);
});

test('shows when a locked deposit unlocks, and credits it then', async () => {
  const { world, pay, shown, watch, available } = await aWorld();
  pay(XMR, undefined, TXID, 300);
  world.chain.mine(12);
  await watch();
  expect(await shown()).toMatchObject([{ state: 'seen', lockedUntil: { height: 300 } }]);
  for (let hour = 0; hour < 5; hour += 1) {
    world.chain.mine(30);
    await watch();
  }
  expect(available()).toBe(0n);

  world.chain.mine(300 - world.chain.height());
  await watch();
  expect(await shown()).toMatchObject([{ state: 'credited', confirmations: 10 }]);
  expect((await shown())[0]).not.toHaveProperty('lockedUntil');
  expect(available()).toBe(XMR);
});

test('reads only the newest blocks while a deposit stays locked for ever', async () => {
  const { world, pay, watch, watchWith } = await aWorld();
  pay(1n, undefined, TXID, 490_000_000);
  world.chain.mine(40);
  await watch();
  world.chain.mine(1);
  const wallet = recorded(world.wallet, 'incoming');
  const deposits = recorded(world.deposits, 'getMany');
  await watchWith({ wallet: wallet.port, deposits: deposits.port });
  expect(wallet.calls).toEqual([[{ from: world.chain.height() - 20 }]]);
  expect(deposits.calls).toEqual([[[]]]);
});

test('credits a deposit only when the wallet, too, has read 10 confirmations', async () => {
  const { world, pay, watch, watchWith, available } = await aWorld();
  pay();
  world.chain.mine(12);
  const behind = async () => ({ ...(await world.wallet.status()), height: 105 });
  await watchWith({ wallet: { status: behind } });
  expect(available()).toBe(0n);
  await watch();
  expect(available()).toBe(XMR);
});

test('credits nobody for coins at an address that no account has', async () => {
  const { world, pay } = await aWorld();
  const [free] = await world.wallet.newSubaddresses(1);
  pay(XMR, free!.address);
  world.chain.mine(20);
  await watchDeposits(world.ports)();
  expect([...world.books.transfers.values()]).toEqual([]);
});

test('the pool serves 60 new accounts and one at its limit between two rounds', async () => {
  const { world } = await aWorld();
  const newcomer = (count: number) => ({ ...ALICE, accountId: `newcomer-${count}` as AccountId });
  await watchDeposits(world.ports)();
  const given = [];
  for (let count = 0; count < 60; count += 1) {
    given.push(await world.addresses.currentOrFirst(newcomer(count).accountId));
    await newDepositAddress(world.ports)({}, ALICE);
  }
  expect(new Set(given).size).toBe(60);
  expect(given).not.toContain(undefined);
  expect(await newDepositAddress(world.ports)({}, ALICE)).toEqual({ refused: 'too_many_open' });
});

test('fills the pool of addresses when it runs low, and refuses addresses while it is empty', async () => {
  const { world } = await aWorld();
  // Plus one, because Alice has an address of the pool.
  const full = (await world.addresses.countFree(1_000)) + 1;
  let newcomers = 0;
  const next = () => ({ ...ALICE, accountId: `newcomer-${newcomers++}` as AccountId });
  for (let given = 0; given <= full / 2; given += 1) await newDepositAddress(world.ports)({}, next());
  await watchDeposits(world.ports)();
  expect(await world.addresses.countFree(1_000)).toBe(full);
  for (let given = 0; given < full; given += 1) await newDepositAddress(world.ports)({}, next());
  expect(await newDepositAddress(world.ports)({}, next())).toEqual({ refused: 'dependency_unavailable' });
});

test('shows the same address until the account asks for a new one', async () => {
  const { address, world } = await aWorld();
  expect(await world.addresses.currentOrFirst(ALICE.accountId)).toBe(address);
  const { depositAddress } = (await newDepositAddress(world.ports)({}, ALICE)) as { depositAddress: string };
  expect(depositAddress).not.toBe(address);
  expect(await world.addresses.currentOrFirst(ALICE.accountId)).toBe(depositAddress);
});

test('reports a node or wallet that does not answer as down, with its last answer', async () => {
  const { world, watchWith } = await aWorld();
  const known = (await world.heartbeats.read())!;
  world.pass(60_000);
  const now = world.ports.clock.now();
  const gone = async () => Promise.reject(new NodeUnavailable());
  expect(await watchWith({ node: { status: gone } })).toMatchObject({
    node: 'down',
    nodeSeenAt: known.nodeSeenAt,
    height: known.height,
    wallet: 'ok',
    walletSeenAt: now,
  });
  const asleep = async () => Promise.reject(new WalletUnavailable());
  expect(await watchWith({ wallet: { status: asleep } })).toMatchObject({
    node: 'ok',
    nodeSeenAt: now,
    wallet: 'down',
    walletSeenAt: now,
    walletPiconero: known.walletPiconero,
  });
});

test('writes no heartbeat before node and wallet have answered', async () => {
  const { world, watchWith } = await aWorld();
  const known = await world.heartbeats.read();
  world.pass(60_000);
  let answer = (_: WalletStatus) => {};
  const hanging = () => new Promise<WalletStatus>((resolve) => (answer = resolve));
  const round = watchWith({ wallet: { status: hanging } });
  await new Promise((done) => setTimeout(done, 20));
  expect(await world.heartbeats.read()).toEqual(known);
  answer(await world.wallet.status());
  await round;
  expect(await world.heartbeats.read()).toMatchObject({ wallet: 'ok', at: world.ports.clock.now() });
});

test('credits nothing while node and wallet are of another network, and reports them as down', async () => {
  const { world, pay, watchWith } = await aWorld();
  pay();
  world.chain.mine(10);
  expect(await watchWith({ network: 'stagenet' })).toMatchObject({
    node: 'down',
    wallet: 'down',
  });
  expect(world.balance().availablePiconero).toBe(0n);
});

describe('tells the operator, by ids,', () => {
  test('each new state of a deposit, and coins that belong to nobody', async () => {
    const { world, pay, watchWith } = await aWorld();
    const { said, log } = keptLog();
    const [free] = await world.wallet.newSubaddresses(1);
    pay();
    pay(XMR, free!.address, 'cd'.repeat(32));
    world.chain.mine(1);
    await watchWith({ log });
    expect(said).toEqual([['coins came to an address that nobody was given', { txid: 'cd'.repeat(32) }]]);
    world.chain.mine(9);
    await watchWith({ log });
    const [deposit] = (await world.deposits.ofAccount(ALICE.accountId, { limit: 1 })).items;
    expect(said.at(-1)).toEqual(['deposit', { depositId: deposit!.id, state: 'credited' }]);
  });

  test('a node or wallet of another network', async () => {
    const { watchWith } = await aWorld();
    const { said, log } = keptLog();
    await watchWith({ network: 'stagenet', log });
    expect(said).toEqual([
      ['the node is of another network', { node: 'regtest', expected: 'stagenet' }],
      ['the wallet is of another network', { expected: 'stagenet' }],
    ]);
  });

  test('a node or wallet that does not answer', async () => {
    const { watchWith } = await aWorld();
    const { said, log } = keptLog();
    const [noNode, noWallet] = [new NodeUnavailable(), new WalletUnavailable()];
    await watchWith({ log, node: { status: async () => Promise.reject(noNode) } });
    await watchWith({ log, wallet: { status: async () => Promise.reject(noWallet) } });
    expect(said).toEqual([
      ['node away', { error: noNode }],
      ['wallet away', { error: noWallet }],
    ]);
  });

  test('a node behind the chain that was read', async () => {
    const { world, watchWith } = await aWorld();
    const { said, log } = keptLog();
    const blockHash = async (height: number) => (height < 90 ? world.chain.hash(height) : undefined);
    const status = async () => ({ ...(await world.node.status()), height: 90 });
    await watchWith({ log, node: { status, blockHash } });
    expect(said).toEqual([['the node is behind the chain that was read', { height: 90, read: 100 }]]);
  });

  test('a deposit that the wallet missed, and one that it does not find at all', async () => {
    const { world, pay, watchWith, watch } = await aWorld();
    pay();
    world.chain.mine(12);
    await watch();
    const [deposit] = (await world.deposits.ofAccount(ALICE.accountId, { limit: 1 })).items;
    const { said, log } = keptLog();
    world.wallet.lose(TXID);
    await watchWith({ log, wallet: { scan: async () => {} } });
    const depositId = deposit!.id;
    expect(said).toEqual([
      ['the wallet missed a deposit, which is scanned for again', { depositId }],
      ['the wallet does not find a deposit that is in the chain', { depositId }],
    ]);
  });

  test('a reorganisation, with the first block that is read again', async () => {
    const { world, watch, watchWith } = await aWorld();
    world.chain.mine(50);
    await watch();
    const { said, log } = keptLog();
    world.chain.reorganise(3);
    world.chain.mine(5);
    await watchWith({ log });
    expect(said).toEqual([['the chain was reorganised', { readFrom: expect.any(Number) }]]);
  });
});

test('a page of deposits names where the next one begins', async () => {
  const { world, pay, watch } = await aWorld();
  const list = listDeposits(world.ports);
  pay();
  pay(XMR, undefined, 'cd'.repeat(32));
  world.chain.mine(1);
  await watch();
  const first = await list({ page: { limit: 1 } }, ALICE);
  expect(first).toMatchObject({ items: [{ confirmations: 1 }], next: expect.anything() });
  const rest = await list({ page: { limit: 2, after: first.next! } }, ALICE);
  expect(rest.items).toHaveLength(1);
  expect(rest).not.toHaveProperty('next');
  expect(rest.items[0]!.txid).not.toBe(first.items[0]!.txid);
});

test('reports a deposit that it cannot credit, credits the others, and tries again', async () => {
  const { world, address, pay, shown, watchWith } = await aWorld();
  const [whole, broken] = ['cd'.repeat(32), 'ef'.repeat(32)];
  pay(XMR, address, broken);
  world.chain.mine(1);
  pay(XMR, address, whole);
  world.chain.mine(10);
  const save: typeof world.deposits.save = async (change) => {
    if (change.to.txid === broken) throw new Error('its transfer does not fit its state');
    return world.deposits.save(change);
  };
  await expect(watchWith({ deposits: { save } })).rejects.toThrow('not fit');
  const states = async () => Object.fromEntries((await shown()).map(({ txid, state }) => [txid, state]));
  expect(await states()).toEqual({ [broken]: 'seen', [whole]: 'credited' });

  world.chain.mine(50);
  await watchDeposits(world.ports)();
  expect(await states()).toEqual({ [broken]: 'credited', [whole]: 'credited' });
});

describe('a deposit that leaves the chain', () => {
  const rival = (txid: string, world: { chain: { mineForeign: (tx: FakeTransaction) => void } }) =>
    world.chain.mineForeign({
      txid: 'ee'.repeat(32),
      keyImages: [txid],
      address: 'elsewhere',
      amountPiconero: asPiconero(XMR),
    });

  test('is dropped when it leaves the pool, and seen again once it is mined', async () => {
    const { world, pay, shown, watch } = await aWorld();
    pay();
    await watch();
    world.chain.pool.clear();
    world.pass(5_000);
    await watch();
    expect(await shown()).toMatchObject([
      { state: 'dropped', confirmations: 0, endedAt: world.ports.clock.now() },
    ]);
    expect(await world.deposits.pending(ALICE.accountId)).toBe(0n);

    pay();
    await watch();
    expect(await shown()).toMatchObject([{ state: 'dropped' }]);
    world.chain.mine(1);
    await watch();
    expect(await shown()).toMatchObject([{ state: 'seen', confirmations: 1 }]);
    expect((await shown())[0]).not.toHaveProperty('endedAt');
    expect(await world.deposits.pending(ALICE.accountId)).toBe(XMR);
  });

  test('stays dropped while it is in the pool again', async () => {
    const { world, pay, shown, watch, watchWith } = await aWorld();
    pay();
    await watch();
    world.chain.pool.clear();
    await watch();
    pay();
    const [dropped] = await shown();
    const incoming = async () => [
      {
        txid: TXID,
        address: dropped!.address,
        major: 0,
        minor: 1,
        amountPiconero: asPiconero(XMR),
        locked: true,
      },
    ];
    const deposits = recorded(world.deposits, 'add');
    await watchWith({ deposits: deposits.port, wallet: { incoming } });
    expect(deposits.calls).toEqual([]);
    expect(await shown()).toEqual([dropped]);
  });

  test('is dropped when a rival replaces it after 6 blocks', async () => {
    const { world, pay, shown, watch } = await aWorld();
    pay();
    world.chain.mine(6);
    await watch();
    world.chain.reorganise(6);
    world.chain.pool.clear();
    rival(TXID, world);
    await watch();
    expect(await shown()).toMatchObject([{ state: 'dropped' }]);
    world.chain.mine(30);
    await watch();
    expect(await shown()).toMatchObject([{ state: 'dropped' }]);
  });

  test('is reversed when a reorganisation removes it after its credit, also below a balance of zero', async () => {
    const { world, pay, shown, watch, available } = await aWorld();
    pay();
    world.chain.mine(13);
    await watch();
    expect(available()).toBe(XMR);
    await world.order((XMR / 2n) as Piconero);
    const left = available();
    world.chain.reorganise(13);
    world.chain.pool.clear();
    rival(TXID, world);
    await watch();
    expect(await shown()).toMatchObject([
      { state: 'reversed', creditedAt: expect.anything(), endedAt: expect.anything() },
    ]);
    expect(available()).toBe(left - XMR);
    expect(left - XMR).toBeLessThan(0n);
    const { items } = await listEntries(world.ports)({ page: { limit: 10 } }, ALICE);
    const [depositId] = (await shown()).map(({ id }) => id);
    expect(items.filter((entry) => entry.depositId === depositId)).toMatchObject([
      { kind: 'deposit_reversal', direction: 'out', status: 'posted', balanceXmr: left - XMR },
      { kind: 'deposit', direction: 'in', status: 'posted', balanceXmr: XMR },
    ]);
    for (let again = 0; again < 3; again += 1) await watch();
    expect(available()).toBe(left - XMR);

    await expect(world.order((XMR / 2n) as Piconero)).rejects.toThrow('insufficient_funds');
    const { items: withdrawals } = await world.withdrawals.ofAccount(ALICE.accountId, { limit: 10 });
    const { items: deposits } = await world.deposits.ofAccount(ALICE.accountId, { limit: 10 });
    const transfers = [...world.books.transfers.values()];
    const { balances } = world.books;
    expect(audit({ balances, transfers, trades: [], withdrawals, deposits })).toEqual([]);
  });

  test('is credited again, by another transfer, when it is mined again after its reversal', async () => {
    const { world, pay, shown, watch, available } = await aWorld();
    pay();
    world.chain.mine(12);
    await watch();
    world.chain.reorganise(12);
    await watch();
    expect(await shown()).toMatchObject([{ state: 'reversed' }]);
    expect(available()).toBe(0n);
    world.chain.mine(9);
    await watch();
    expect(await shown()).toMatchObject([{ state: 'seen', confirmations: 9 }]);
    world.chain.mine(1);
    for (let again = 0; again < 3; again += 1) await watch();
    expect(await shown()).toMatchObject([{ state: 'credited' }]);
    expect(available()).toBe(XMR);
    const kinds = [...world.books.transfers.values()].map(({ kind }) => kind);
    expect(kinds).toEqual(['deposit', 'deposit_reversal', 'deposit']);
  });

  test('stays credited when it is mined again between two rounds', async () => {
    const { world, pay, shown, watch, available } = await aWorld();
    pay();
    world.chain.mine(12);
    await watch();
    world.chain.reorganise(12);
    world.chain.mine(3);
    for (let again = 0; again < 3; again += 1) await watch();
    expect(await shown()).toMatchObject([{ state: 'credited' }]);
    expect(available()).toBe(XMR);
    expect(world.books.transfers.size).toBe(1);
  });

  test('is dropped also while it is locked', async () => {
    const { world, pay, shown, watch } = await aWorld();
    pay(XMR, undefined, TXID, 490_000_000);
    world.chain.mine(30);
    await watch();
    world.chain.reorganise(30);
    world.chain.pool.clear();
    await watch();
    expect(await shown()).toMatchObject([{ state: 'dropped' }]);
  });

  test('is reversed also below the blocks that each round reads', async () => {
    const { world, pay, shown, watch, available } = await aWorld();
    pay();
    world.chain.mine(80);
    await watch();
    world.chain.reorganise(80);
    world.chain.pool.clear();
    await watch();
    expect(await shown()).toMatchObject([{ state: 'reversed' }]);
    expect(available()).toBe(0n);
  });
});

describe('drops and reverses nothing because of', () => {
  async function aCredit() {
    const setting = await aWorld();
    setting.pay();
    setting.world.chain.mine(12);
    await setting.watch();
    const isKept = async () => {
      expect(await setting.shown()).toMatchObject([{ state: 'credited' }]);
      expect(setting.available()).toBe(XMR);
    };
    return { ...setting, isKept };
  }

  test('a wallet that lost the deposit, which then scans it again', async () => {
    const { world, watch, isKept } = await aCredit();
    world.wallet.lose(TXID);
    await watch();
    await isKept();
    expect(await world.wallet.find(TXID)).toMatchObject([{ txid: TXID }]);
  });

  test('a wallet that was restored and reads the chain again', async () => {
    const { world, isKept, watchWith } = await aCredit();
    world.wallet.restore();
    const status = async () => ({ ...(await world.wallet.status()), height: 20 });
    const incoming = async () => [];
    await watchWith({ wallet: { status, incoming } });
    await isKept();
  });

  test('a node that does not answer', async () => {
    const { world, isKept, watchWith } = await aCredit();
    world.wallet.lose(TXID);
    const gone = async () => Promise.reject(new NodeUnavailable());
    for (const method of ['status', 'find', 'blockHash'] as const) {
      await watchWith({ node: { [method]: gone } });
      await isKept();
    }
  });

  test('a node that is behind', async () => {
    const { world, isKept, watchWith } = await aCredit();
    world.wallet.lose(TXID);
    const behind = memoryChain(105);
    const node = {
      ...memoryNode(behind),
      blockHash: async (height: number) => (height < 105 ? world.chain.hash(height) : undefined),
    };
    expect(await watchWith({ node })).toMatchObject({ node: 'down' });
    await isKept();
  });

  test.each([
    ['shorter than ours', 50],
    ['as long as ours', 112],
    ['longer than ours', 500],
  ])('a node of another chain, %s: it is reported as down, and nothing is read', async (_, blocks) => {
    const { world, isKept } = await aCredit();
    const other = memoryChain(blocks);
    const ports = { ...world.ports, node: memoryNode(other), wallet: memoryHouseWallet(other) };
    const said: string[] = [];
    const log = { ...world.ports.log, error: (message: string) => said.push(message) };
    for (let round = 0; round < 3; round += 1)
      expect(await watchDeposits({ ...ports, log })()).toMatchObject({ node: 'down' });
    expect(new Set(said)).toEqual(new Set(['the node is of another chain']));
    await isKept();
  });

  test('a reorganisation deeper than 100 blocks, which is another chain', async () => {
    const { world, watch, isKept } = await aCredit();
    world.chain.mine(350);
    await watch();
    world.chain.reorganise(345);
    world.chain.pool.clear();
    expect(await watch()).toMatchObject({ node: 'down' });
    await isKept();
  });
});

describe('what the wallet learns late', () => {
  test('the history check finds a deposit far below the newest blocks', async () => {
    const { world, address, shown, watch, watchWith } = await aWorld();
    world.chain.submit(blobOf({ txid: TXID, keyImages: [TXID], address, amountPiconero: asPiconero(XMR) }));
    world.chain.mine(100);
    const incoming = async () => [];
    await watchWith({ wallet: { incoming } });
    await watch();
    expect(await shown()).toEqual([]);
    world.pass(10 * 60_000);
    await watch();
    expect(await shown()).toMatchObject([{ state: 'credited' }]);
  });

  /** A world in which Alice has an address above those that a wallet looks ahead to. */
  async function aFarAddress() {
    const setting = await aWorld();
    const { world, watch } = setting;
    const made = await world.wallet.newSubaddresses(300);
    await world.addresses.addFree(made);
    let last = '';
    for (;;) {
      const assigned = await world.addresses.assign(ALICE.accountId, 1_000);
      if (typeof assigned === 'string') break;
      last = assigned.address;
    }
    expect(last).toBe(made.at(-1)!.address);
    await watch();
    return { ...setting, last, minor: made.at(-1)!.minor };
  }

  test('finds payments to forgotten subaddresses in blocks that the wallet has read', async () => {
    const { world, shown, watch, pay, last, minor } = await aFarAddress();
    world.wallet.restore();
    pay(XMR, last);
    world.chain.mine(12);
    // Reads the new blocks before the watcher does, like a wallet-rpc that refreshes by itself.
    await world.wallet.status();
    expect(await world.wallet.find(TXID)).toEqual([]);

    await watch();
    expect(await world.wallet.hasSubaddress(minor)).toBe(true);
    expect(await shown()).toMatchObject([{ state: 'credited', address: last }]);
  });

  // Found by the simulation: seed 2053.
  test('finds payments in blocks that a wallet read that was restored in the middle of a round', async () => {
    const { world, shown, watch, pay, last } = await aFarAddress();
    pay(XMR, last);
    world.chain.mine(12);
    world.between('wallet', 'hasSubaddress', async () => world.wallet.restore());
    await watch();
    expect(await shown()).toEqual([]);
    await watch();
    expect(await shown()).toMatchObject([{ state: 'credited', address: last }]);
  });

  // Found by the simulation: seed 9000009.
  test('a round that another one overtakes lets no wallet read blocks without its subaddresses', async () => {
    const { world, shown, watch, pay, last } = await aFarAddress();
    world.wallet.restore();
    pay(XMR, last);
    world.chain.mine(12);
    world.between('wallet', 'hasSubaddress', async () => {
      const state = (await world.states.read())!;
      await world.states.save({ ...state, version: state.version + 1 });
    });
    await watch();
    expect(await shown()).toMatchObject([{ state: 'credited', address: last }]);
  });

  test('corrects a mined payment that the wallet counts as unconfirmed', async () => {
    const { world, watch } = await aWorld();
    const payment = (await world.wallet.prepare({
      address: OUTSIDE,
      amountPiconero: asPiconero(XMR),
      feeIncluded: false,
      maximumFeePiconero: asPiconero(XMR),
    })) as SignedPayment;
    await world.wallet.relay(payment);
    world.chain.mine(1);
    const { balancePiconero } = await world.wallet.status();
    await world.wallet.relay(payment);
    expect((await world.wallet.status()).balancePiconero).toBeGreaterThan(balancePiconero);
    world.pass(10 * 60_000);
    await watch();
    expect((await world.wallet.status()).balancePiconero).toBe(balancePiconero);
  });

  // wallet-rpc refuses to scan old transactions if it was not started with a trusted daemon.
  describe('while the wallet refuses to scan', () => {
    const scan = async () => {
      throw new Error('the daemon is not trusted');
    };

    test('the history check goes on, although a mined payment stays unconfirmed', async () => {
      const { world, watchWith } = await aWorld();
      const { height, historyAt } = (await world.states.read())!;
      const amountPiconero = asPiconero(XMR);
      world.chain.mineForeign({ txid: TXID, keyImages: [TXID], address: OUTSIDE, amountPiconero });
      world.pass(10 * 60_000);
      const wallet = { scan, unconfirmedPayments: async () => [TXID] };
      await expect(watchWith({ wallet })).rejects.toThrow('not trusted');
      const after = (await world.states.read())!;
      expect(after.height).toBe(height + 1);
      expect(after.historyAt).toBeGreaterThan(historyAt);
    });

    test('new blocks are read, and forgotten subaddresses are searched later', async () => {
      const { world, pay, shown, watch, watchWith } = await aWorld();
      const { height } = (await world.states.read())!;
      world.wallet.restore();
      pay();
      world.chain.mine(12);
      await expect(watchWith({ wallet: { scan } })).rejects.toThrow('not trusted');
      expect(await world.states.read()).toMatchObject({ height: height + 12, rescanHeight: height });
      expect(await shown()).toMatchObject([{ state: 'credited' }]);
      await watch();
      expect((await world.states.read())!.rescanHeight).toBeUndefined();
    });
  });
});

test.each(['before', 'after'] as const)(
  'the rounds after one that dies %s any of its calls credit the deposit once',
  async (when) => {
    for (let at = 1; ; at += 1) {
      const { world, pay, watch, shown, available } = await aWorld();
      pay();
      world.chain.mine(12);
      const mortal = ['wallet', 'node', 'deposits', 'states', 'addresses', 'heartbeats'] as const;
      const { ports, calls } = dying(world.ports, [...mortal], { at, when });
      await watchDeposits(ports)().catch(() => {});
      await watch();
      await watch();
      expect(await shown()).toMatchObject([{ state: 'credited' }]);
      expect(available()).toBe(XMR);
      if (!calls.failed) return;
    }
  },
  30_000,
);

describe('a stored deposit that cannot be read', () => {
  const unreadable = [new Error('stored item DEPOSIT#1: state must be one of seen')];

  test('fails the round, does not hold up other deposits, and has its blocks read again', async () => {
    const { world, pay, watchWith, watch, available } = await aWorld();
    pay();
    world.chain.mine(20);
    const getMany: typeof world.deposits.getMany = async (ids) => ({
      ...(await world.deposits.getMany(ids)),
      unreadable,
    });
    const before = await world.ports.states.read();
    await expect(watchWith({ deposits: { getMany } })).rejects.toThrow('stored item DEPOSIT#1');
    expect(available()).toBe(XMR);
    expect(await world.ports.states.read()).toEqual(before);
    await watch();
    expect(available()).toBe(XMR);
  });

  test('is not credited from what the wallet reports of it', async () => {
    const { world, pay, watchWith, available } = await aWorld();
    pay();
    await watchWith({});
    world.chain.mine(20);
    const hidden: Partial<WatchPorts['deposits']> = {
      open: async () => ({ items: [], unreadable: [] }),
      getMany: async () => ({ items: [], unreadable }),
    };
    await expect(watchWith({ deposits: hidden })).rejects.toThrow('stored item DEPOSIT#1');
    expect(available()).toBe(0n);
  });
});
