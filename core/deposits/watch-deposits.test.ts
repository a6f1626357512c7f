import { blobOf } from '#adapters/memory/chain.ts';
import { ALICE, paymentsWorld, XMR } from '#tests/helpers/payments-world.ts';
import { asPiconero } from '../money/xmr.ts';
import { NodeUnavailable, WalletUnavailable } from '../withdrawals/ports.ts';
import type { WalletStatus } from './ports.ts';
import { depositUseCases } from './use-cases.ts';
import { watchDeposits } from './watch-deposits.ts';

const TXID = 'ab'.repeat(32);

async function aWorld() {
  const world = paymentsWorld();
  await watchDeposits(world.ports);
  const address = (await world.addresses.assign(ALICE.accountId))!;
  const pay = (amount = XMR, to = address, txid = TXID) =>
    world.chain.submit(blobOf({ txid, keyImages: [txid], address: to, amountPiconero: asPiconero(amount) }));
  const use = depositUseCases(world.ports);
  const shown = async () => (await use.listDeposits({ page: { limit: 10 } }, ALICE)).items;
  return { world, address, pay, shown, use };
}

test('a deposit is seen in the pool, grows, and is credited at 10 confirmations, once', async () => {
  const { world, pay, shown, use } = await aWorld();
  pay();
  await watchDeposits(world.ports);
  expect(await shown()).toMatchObject([{ state: 'seen', confirmations: 0, amountXmr: XMR, txid: TXID }]);
  expect(await use.pendingDeposits(ALICE.accountId)).toBe(XMR);

  world.chain.mine(9);
  await watchDeposits(world.ports);
  expect(await shown()).toMatchObject([{ state: 'seen', confirmations: 9 }]);
  expect(world.balance().availablePiconero).toBe(0n);

  world.chain.mine(1);
  for (let again = 0; again < 3; again += 1) await watchDeposits(world.ports);
  expect(await shown()).toMatchObject([{ state: 'credited', confirmations: 10 }]);
  expect(await use.pendingDeposits(ALICE.accountId)).toBe(0n);
  world.chain.mine(100);
  await watchDeposits(world.ports);
  expect(world.balance().availablePiconero).toBe(XMR);
  expect(world.books.balance('house:deposits').availablePiconero).toBe(-XMR);
});

test('two watchers at once credit once', async () => {
  const { world, pay } = await aWorld();
  pay();
  world.chain.mine(10);
  await Promise.all([watchDeposits(world.ports), watchDeposits(world.ports), watchDeposits(world.ports)]);
  expect(world.balance().availablePiconero).toBe(XMR);
});

test('coins that are locked longer are watched until they are not, however far the chain has grown', async () => {
  const { world, pay } = await aWorld();
  pay();
  world.chain.mine(10);
  let locked = true;
  const incoming = async (from: number) => {
    const { height, transfers } = await world.wallet.incoming(from);
    return { height, transfers: transfers.map((transfer) => ({ ...transfer, locked })) };
  };
  const ports = { ...world.ports, wallet: { ...world.wallet, incoming } };
  for (let hour = 0; hour < 5; hour += 1) {
    await watchDeposits(ports);
    world.chain.mine(30);
  }
  expect(world.balance().availablePiconero).toBe(0n);
  locked = false;
  await watchDeposits(ports);
  expect(world.balance().availablePiconero).toBe(XMR);
});

test('a wallet that is behind the node credits nothing it has not seen deep enough itself', async () => {
  const { world, pay } = await aWorld();
  pay();
  world.chain.mine(12);
  const behind = async (from: number) => ({ ...(await world.wallet.incoming(from)), height: 105 });
  await watchDeposits({ ...world.ports, wallet: { ...world.wallet, incoming: behind } });
  expect(world.balance().availablePiconero).toBe(0n);
  await watchDeposits(world.ports);
  expect(world.balance().availablePiconero).toBe(XMR);
});

test('coins to an address that nobody was given are nobody’s', async () => {
  const { world, pay } = await aWorld();
  const [free] = await world.wallet.newSubaddresses(1);
  pay(XMR, free!.address);
  world.chain.mine(20);
  await watchDeposits(world.ports);
  expect([...world.books.transfers.values()]).toEqual([]);
});

test('the pool of addresses is filled when it runs low, and empty it gives none out', async () => {
  const { world, use } = await aWorld();
  expect(await world.addresses.countFree(100)).toBe(49);
  for (let given = 0; given < 25; given += 1) await use.newDepositAddress({}, ALICE);
  await watchDeposits(world.ports);
  expect(await world.addresses.countFree(100)).toBe(50);
  for (let given = 0; given < 50; given += 1) await use.newDepositAddress({}, ALICE);
  expect(await use.newDepositAddress({}, ALICE)).toEqual({ refused: 'dependency_unavailable' });
});

test('the address shown stays the same until a new one is asked for', async () => {
  const { address, use } = await aWorld();
  expect(await use.depositAddress(ALICE.accountId)).toBe(address);
  const { depositAddress } = (await use.newDepositAddress({}, ALICE)) as { depositAddress: string };
  expect(depositAddress).not.toBe(address);
  expect(await use.depositAddress(ALICE.accountId)).toBe(depositAddress);
});

test('a part that does not answer is reported, with its last answer', async () => {
  const { world } = await aWorld();
  const known = (await world.heartbeats.read())!;
  world.pass(60_000);
  const now = world.ports.clock.now();
  const gone = async () => Promise.reject(new NodeUnavailable());
  const noNode = { ...world.ports, node: { ...world.node, status: gone } };
  expect(await watchDeposits(noNode)).toMatchObject({
    node: 'down',
    nodeSeenAt: known.nodeSeenAt,
    height: known.height,
    wallet: 'ok',
    walletSeenAt: now,
  });
  const asleep = async () => Promise.reject(new WalletUnavailable());
  const noWallet = { ...world.ports, wallet: { ...world.wallet, status: asleep } };
  expect(await watchDeposits(noWallet)).toMatchObject({
    node: 'ok',
    nodeSeenAt: now,
    wallet: 'down',
    walletSeenAt: now,
    walletPiconero: known.walletPiconero,
  });
});

test('no heartbeat is written before node and wallet have answered, so that a hang never looks like ok', async () => {
  const { world } = await aWorld();
  const known = await world.heartbeats.read();
  world.pass(60_000);
  let answer = (_: WalletStatus) => {};
  const hanging = () => new Promise<WalletStatus>((resolve) => (answer = resolve));
  const round = watchDeposits({ ...world.ports, wallet: { ...world.wallet, status: hanging } });
  await new Promise((done) => setTimeout(done, 20));
  expect(await world.heartbeats.read()).toEqual(known);
  answer(await world.wallet.status());
  await round;
  expect(await world.heartbeats.read()).toMatchObject({ wallet: 'ok', at: world.ports.clock.now() });
});

test('a node or wallet of another network credits nothing and counts as down', async () => {
  const { world, pay } = await aWorld();
  pay();
  world.chain.mine(10);
  expect(await watchDeposits({ ...world.ports, network: 'stagenet' })).toMatchObject({
    node: 'down',
    wallet: 'down',
  });
  expect(world.balance().availablePiconero).toBe(0n);
});

test('a deposit that cannot be credited holds up none of the others, and is tried again', async () => {
  const { world, address, pay, shown } = await aWorld();
  const [whole, broken] = ['cd'.repeat(32), 'ef'.repeat(32)];
  pay(XMR, address, broken);
  world.chain.mine(1);
  pay(XMR, address, whole);
  world.chain.mine(10);
  const save: typeof world.deposits.save = async (change) => {
    if (change.to.txid === broken) throw new Error('its transfer does not fit its state');
    return world.deposits.save(change);
  };
  await expect(watchDeposits({ ...world.ports, deposits: { ...world.deposits, save } })).rejects.toThrow(
    'not fit',
  );
  const states = async () => Object.fromEntries((await shown()).map(({ txid, state }) => [txid, state]));
  expect(await states()).toEqual({ [broken]: 'seen', [whole]: 'credited' });

  world.chain.mine(50);
  await watchDeposits(world.ports);
  expect(await states()).toEqual({ [broken]: 'credited', [whole]: 'credited' });
});
