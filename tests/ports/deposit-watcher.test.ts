import { memoryWorld } from '#adapters/memory/world.ts';
import type { Caller } from '#core/caller.ts';
import { listDeposits } from '#core/deposits/list-deposits.ts';
import { watchDeposits } from '#core/deposits/watch-deposits.ts';
import { userAccount } from '#core/ledger/ledger.ts';
import { minedIn } from '#tests/helpers/mined-in.ts';
import { type DepositLab, depositLabs } from './deposit-labs.ts';

const ALICE = { accountId: 'alice' } as Caller;

/** The watcher over stores in memory, on a lab's wallet and node. */
function watcherOn(lab: DepositLab) {
  const { ports: stores, books, pass } = memoryWorld();
  const ports = { ...stores, wallet: lab.wallet, node: lab.node };
  return {
    addresses: ports.addresses,
    watch: watchDeposits(ports),
    pass,
    available: () => books.balance(userAccount(ALICE.accountId)).availablePiconero,
    async newAddress(): Promise<string> {
      const assigned = await ports.addresses.assign(ALICE.accountId, Number.MAX_SAFE_INTEGER);
      if (typeof assigned === 'object') return assigned.address;
      await watchDeposits(ports)();
      return this.newAddress();
    },
    async stateOf(txid: string) {
      const { items } = await listDeposits(ports)({ page: { limit: 100 } }, ALICE);
      return items.filter((deposit) => deposit.txid === txid).map(({ state }) => state);
    },
  };
}

describe.each(depositLabs)('the watcher (%s)', (_, open) => {
  let lab: DepositLab;
  let watcher: ReturnType<typeof watcherOn>;
  beforeAll(async () => {
    lab = await open();
    watcher = watcherOn(lab);
    await watcher.watch();
  }, 180_000);
  beforeEach(() => lab.flushPool());

  const mined = (txid: string) => minedIn(txid, lab.node, lab.mine);

  test('the node tells the hash of each block, none above the newest, and the transactions of a block', async () => {
    const { height, topHash } = await lab.node.status();
    expect(await lab.node.blockHash(height - 1)).toBe(topHash);
    expect(await lab.node.blockHash(1)).not.toBe(topHash);
    expect(await lab.node.blockHash(height)).toBeUndefined();
    const txid = await lab.pay([await watcher.newAddress()]);
    const minedHeight = await mined(txid);
    expect(await lab.node.transactionsIn(minedHeight)).toContain(txid);
    await lab.reorganise(3);
    expect(await lab.node.blockHash(height - 1)).not.toBe(undefined);
    expect((await lab.node.status()).topHash).not.toBe(topHash);
  }, 120_000);

  test('a payment that leaves the pool is dropped, and credited when it is mined after all', async () => {
    const { txid, blob } = await lab.contested(await watcher.newAddress());
    await lab.node.send(blob);
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['seen']);
    await lab.flushPool();
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['dropped']);
    const before = watcher.available();
    await lab.node.send(blob);
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['dropped']);
    await mined(txid);
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['seen']);
    await lab.mine(9);
    await watcher.watch();
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['credited']);
    expect(watcher.available()).toBeGreaterThan(before);
  }, 120_000);

  test('a payment replaced by a rival after 6 blocks is dropped', async () => {
    const { txid, blob, rivalBlob } = await lab.contested(await watcher.newAddress());
    await lab.node.send(blob);
    const at = await mined(txid);
    await lab.mine(5);
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['seen']);
    await lab.reorganise((await lab.node.status()).height - at);
    await lab.flushPool();
    expect(await lab.node.send(rivalBlob)).toBe('accepted');
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['dropped']);
    await lab.mine(15);
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['dropped']);
  }, 120_000);

  test('a payment reorganised away after its credit is reversed, and credited once more when it is mined again', async () => {
    const { txid, blob } = await lab.contested(await watcher.newAddress());
    const before = watcher.available();
    await lab.node.send(blob);
    const at = await mined(txid);
    await lab.mine(12);
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['credited']);
    const after = watcher.available();
    expect(after).toBeGreaterThan(before);

    await lab.reorganise((await lab.node.status()).height - at);
    await lab.flushPool();
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['reversed']);
    expect(watcher.available()).toBe(before);

    await lab.node.send(blob);
    expect(await mined(txid)).not.toBe(at);
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['seen']);
    await lab.mine(9);
    for (let again = 0; again < 3; again += 1) await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['credited']);
    expect(watcher.available()).toBe(after);
  }, 120_000);

  test('a reorganisation that keeps the payment keeps its credit', async () => {
    const txid = await lab.pay([await watcher.newAddress()]);
    await mined(txid);
    await lab.mine(12);
    await watcher.watch();
    const before = watcher.available();
    await lab.reorganise(12);
    await watcher.watch();
    expect(await watcher.stateOf(txid)).toEqual(['credited']);
    expect(watcher.available()).toBe(before);
  }, 120_000);

  test('after a crash of wallet-rpc, payments to every subaddress that was given out are found', async () => {
    const given = await Promise.all(Array.from({ length: 20 }, () => watcher.newAddress()));
    for (let count = given.length; count < 300; count += 1) given.push(await watcher.newAddress());
    await lab.crash();
    const paid = [23, 221, 277, 279, 285].map((index) => given[index]!);
    const before = watcher.available();
    await mined(await lab.pay(paid));
    await lab.mine(12);
    await watcher.watch();
    expect(watcher.available()).toBe(before + 5n);
  }, 120_000);

  test('subaddresses that the wallet has forgotten are made again, and what was paid to them meanwhile is found', async () => {
    const count = (await watcher.addresses.count())!;
    const address = await watcher.newAddress();
    const before = watcher.available();
    await lab.restore();
    expect(await lab.wallet.hasSubaddress(count - 1)).toBe(false);
    await mined(await lab.pay([address]));
    await lab.mine(12);
    // It has read the blocks without them, as when it refreshes by itself.
    await lab.wallet.status();
    for (let again = 0; again < 3; again += 1) await watcher.watch();
    expect(await lab.wallet.hasSubaddress(count - 1)).toBe(true);
    expect(watcher.available()).toBe(before + 1n);
  }, 120_000);

  test('credits that a restored wallet no longer knows are kept, and it is made to know them again', async () => {
    const txid = await lab.pay([await watcher.newAddress()]);
    await mined(txid);
    await lab.mine(12);
    await watcher.watch();
    const before = watcher.available();
    await lab.restore();
    await lab.wallet.status();
    expect(await lab.wallet.find(txid)).toEqual([]);
    await watcher.watch();
    expect(watcher.available()).toBe(before);
    expect(await lab.wallet.find(txid)).toMatchObject([{ txid }]);
  }, 120_000);
});
