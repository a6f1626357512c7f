import { blobOf } from '#adapters/memory/chain.ts';
import { ALICE, testWorld, XMR } from '#tests/helpers/world.ts';
import { watchDeposits } from '../deposits/watch-deposits.ts';
import { asPiconero } from '../money/xmr.ts';
import { WalletUnavailable } from '../unavailable.ts';
import { stockFaucet } from './stock-faucet.ts';

/** A house wallet with one coin of 1,000 XMR. `look` runs the watcher and the count, and returns the stock in XMR. */
function aWorld() {
  const world = testWorld({ wallet: { coins: 1 } });
  const { ports } = world;
  const look = async () => {
    const { height } = await watchDeposits(world.ports)();
    world.pass(1);
    return (await stockFaucet(ports)(height))! / XMR;
  };
  const deposit = async (xmr: bigint) => {
    const address = (await world.addresses.currentOrFirst(ALICE.accountId))!;
    const txid = `${xmr}`.padStart(64, '0');
    world.chain.submit(blobOf({ txid, keyImages: [txid], address, amountPiconero: asPiconero(xmr * XMR) }));
  };
  return { world, ports, look, deposit };
}

test('counts the balance of the wallet less the balances of the users', async () => {
  const { world, look } = aWorld();
  world.give(ALICE, 300n * XMR);
  expect(await look()).toBe(700n);
  world.give(ALICE, 800n * XMR);
  expect(await look()).toBe(700n);
  world.chain.mine(1);
  expect(await look()).toBe(-100n);
});

test('never counts the coins of a deposit: in the pool, in a block, or once credited', async () => {
  const { world, look, deposit } = aWorld();
  expect(await look()).toBe(1_000n);
  await deposit(50n);
  for (const blocks of [1, 8, 1, 1, 5]) {
    world.chain.mine(blocks);
    expect(await look()).toBe(1_000n);
  }
  expect(world.balance().availablePiconero).toBe(50n * XMR);
});

test('does not count coins at an address that no account has', async () => {
  const { world, look } = aWorld();
  const [free] = await world.wallet.newSubaddresses(1);
  const amountPiconero = asPiconero(9n * XMR);
  world.chain.submit(
    blobOf({ txid: 'ab'.repeat(32), keyImages: ['x'], address: free!.address, amountPiconero }),
  );
  world.chain.mine(20);
  expect(await look()).toBe(1_000n);
});

test.each(['before', 'after'] as const)(
  'subtracts a draw %s the balances of the users are read',
  async (when) => {
    const { world, ports, look } = aWorld();
    await look();
    world.chain.mine(1);
    const drawn = async () => {
      const stock = await ports.faucet.stock();
      const change = asPiconero(-40n * XMR);
      world.give(ALICE, 40n * XMR);
      // The effect of a draw on the stock.
      await ports.faucet.restock({ from: stock, change, height: stock.height });
    };
    const owed = async () => {
      if (when === 'before') await drawn();
      const sum = await ports.ledger.owed();
      if (when === 'after') await drawn();
      return sum;
    };
    const left = await stockFaucet({ ...ports, ledger: { owed } })(world.chain.height());
    expect(left! / XMR).toBeLessThanOrEqual(1_000n);
    // 40 XMR are drawn and owed, so 960 are left. In the worst case a draw counts twice until the next block.
    expect((await ports.faucet.stock()).leftPiconero / XMR).toBe(when === 'before' ? 920n : 960n);
    world.chain.mine(1);
    expect(await look()).toBe(960n);
  },
);

test('does not count the coins of a payout in progress', async () => {
  const { world, look } = aWorld();
  world.give(ALICE, 10n * XMR);
  expect(await look()).toBe(990n);
  await world.order(asPiconero(4n * XMR));
  world.chain.mine(1);
  expect(await look()).toBe(990n);
});

test('leaves the stock unchanged if the wallet does not answer', async () => {
  const { ports, look } = aWorld();
  await look();
  const status = async () => Promise.reject(new WalletUnavailable());
  expect(await stockFaucet({ ...ports, wallet: { ...ports.wallet, status } })(7_000)).toBeUndefined();
  expect((await ports.faucet.stock()).leftPiconero).toBe(1_000n * XMR);
});
