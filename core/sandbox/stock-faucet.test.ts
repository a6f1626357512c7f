import { blobOf } from '#adapters/memory/chain.ts';
import { memoryFaucet } from '#adapters/memory/faucet.ts';
import { memoryLedger } from '#adapters/memory/ledger.ts';
import { ALICE, paymentsWorld, XMR } from '#tests/helpers/payments-world.ts';
import { watchDeposits } from '../deposits/watch-deposits.ts';
import { asPiconero } from '../money/xmr.ts';
import { WalletUnavailable } from '../unavailable.ts';
import { stockFaucet } from './stock-faucet.ts';

/** A house wallet of one coin of 1,000 XMR, and the watcher's look at it. */
function aWorld() {
  const world = paymentsWorld({ coins: 1 });
  const faucet = memoryFaucet(world.books);
  const ports = { ...world.ports, faucet, ledger: memoryLedger(world.books) };
  const look = async () => {
    const { height } = await watchDeposits(world.ports);
    world.pass(1);
    return (await stockFaucet(height, ports))! / XMR;
  };
  const deposit = async (xmr: bigint) => {
    const address = (await world.addresses.currentOrFirst(ALICE.accountId))!;
    const txid = `${xmr}`.padStart(64, '0');
    world.chain.submit(blobOf({ txid, keyImages: [txid], address, amountPiconero: asPiconero(xmr * XMR) }));
  };
  return { world, ports, look, deposit };
}

test('the faucet may give what the wallet holds beyond what users are owed', async () => {
  const { world, look } = aWorld();
  world.give(ALICE.accountId, 300n * XMR);
  expect(await look()).toBe(700n);
  world.give(ALICE.accountId, 800n * XMR);
  expect(await look()).toBe(700n);
  world.chain.mine(1);
  expect(await look()).toBe(-100n);
});

test('coins of a deposit are never given away: not in the pool, not in a block, not once credited', async () => {
  const { world, look, deposit } = aWorld();
  expect(await look()).toBe(1_000n);
  await deposit(50n);
  for (const blocks of [1, 8, 1, 1, 5]) {
    world.chain.mine(blocks);
    expect(await look()).toBe(1_000n);
  }
  expect(world.balance().availablePiconero).toBe(50n * XMR);
});

test('coins that came to an address of nobody’s back nothing', async () => {
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
  'a draw %s the count has read what is owed is not given twice',
  async (when) => {
    const { world, ports, look } = aWorld();
    await look();
    world.chain.mine(1);
    const drawn = async () => {
      const stock = await ports.faucet.stock();
      const change = asPiconero(-40n * XMR);
      world.give(ALICE.accountId, 40n * XMR);
      // What a draw does to the stock.
      await ports.faucet.restock({ from: stock, change, height: stock.height });
    };
    const owed = async () => {
      if (when === 'before') await drawn();
      const sum = await ports.ledger.owed();
      if (when === 'after') await drawn();
      return sum;
    };
    const left = await stockFaucet(world.chain.height(), { ...ports, ledger: { owed } });
    expect(left! / XMR).toBeLessThanOrEqual(1_000n);
    // 40 are drawn and owed: 960 is what the wallet still backs, and at worst a draw counts twice until the next block.
    expect((await ports.faucet.stock()).leftPiconero / XMR).toBe(when === 'before' ? 920n : 960n);
    world.chain.mine(1);
    expect(await look()).toBe(960n);
  },
);

test('a payout on its way is not taken for coins of the house', async () => {
  const { world, look } = aWorld();
  world.give(ALICE.accountId, 10n * XMR);
  expect(await look()).toBe(990n);
  await world.order(asPiconero(4n * XMR));
  world.chain.mine(1);
  expect(await look()).toBe(990n);
});

test('a wallet that does not answer leaves the stock as it was', async () => {
  const { ports, look } = aWorld();
  await look();
  const status = async () => Promise.reject(new WalletUnavailable());
  expect(await stockFaucet(7_000, { ...ports, wallet: { ...ports.wallet, status } })).toBeUndefined();
  expect((await ports.faucet.stock()).leftPiconero).toBe(1_000n * XMR);
});
