import { madeUpAddress } from '#adapters/memory/house-wallet.ts';
import { memoryWorld } from '#adapters/memory/world.ts';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { coinSums, MAX_INPUTS } from '#core/chain/coin-sums.ts';
import type { MoneroNode } from '#core/chain/node.ts';
import type { WatchedWallet } from '#core/chain/wallet.ts';
import { asPiconero, type Piconero } from '#core/money/xmr.ts';
import { feeFor, feeWithin, mostPayable } from '#core/withdrawals/coins.ts';
import { maximumFee } from '#core/withdrawals/fee.ts';
import type { HouseWallet } from '#core/withdrawals/ports.ts';
import type { SignedPayment } from '#core/withdrawals/withdrawals.ts';
import { untilPoolIsMinable } from '#tests/helpers/minable-pool.ts';
import { ownChain } from '#tests/helpers/own-chain.ts';

const XMR = 1_000_000_000_000n;
/** The house has this many coins, all of one size. */
const COINS = 150;
const COIN = asPiconero(2n * XMR);

type Lab = {
  wallet: HouseWallet & WatchedWallet;
  node: MoneroNode;
  mine(count: number): Promise<unknown>;
  newAddress(): Promise<string>;
  /** What arrived there, in piconero, as the payee's own wallet counts it. */
  arrivedAt(address: string): Promise<bigint[]>;
  /** Coins that are frozen, beyond those that this suite has set aside. */
  frozen(): Promise<number>;
  /** Freezes coins as a payer does that dies before it thaws them. */
  dieWhileFrozen(): Promise<void>;
};

async function fake(): Promise<Lab> {
  const coins = Array(COINS).fill({ amountPiconero: COIN });
  const { chain, ports } = memoryWorld({ wallet: { coins } });
  let made = 0;
  return {
    wallet: ports.wallet,
    node: ports.node,
    mine: async (count) => chain.mine(count),
    newAddress: async () => madeUpAddress(50_000 + ++made),
    arrivedAt: async (address) => chain.arrivedAt(address).map(({ amountPiconero }) => amountPiconero),
    frozen: async () => 0,
    dieWhileFrozen: async () => {},
  };
}

type ReportedCoin = { amount: number | bigint; frozen: boolean; key_image: string };
type Incoming = { amount: number | bigint; address: string };

/** A chain and a house of this suite's own, which pays itself until it has the coins that are wanted. */
async function real(): Promise<Lab> {
  const chain = await ownChain();
  const [house, outside] = await Promise.all([chain.wallet('house'), chain.wallet('outside')]);
  await chain.node.rpc.mineFirst(house.address);
  // Few at a time, because a call that mines them all outlasts its time-out on a busy machine.
  for (let mined = 0; mined < 144; mined += 4) await chain.node.rpc.mine(house.address, 4);
  // From now on the house earns nothing, so that it has these coins and no others.
  const mine = async (count: number) => {
    await untilPoolIsMinable(chain.node.url);
    return chain.node.rpc.mine(outside.address, count);
  };
  await house.rpc.call('refresh');
  const destinations = Array(15).fill({ address: house.address, amount: COIN });
  for (let paid = 0; paid < COINS; paid += destinations.length)
    await house.rpc.call('transfer', { destinations, account_index: 0, priority: 1 }, 60_000);
  await mine(12);
  await house.rpc.call('refresh');
  const reported = async () => {
    const asked = { account_index: 0, transfer_type: 'available' };
    return (await house.rpc.call<{ transfers: ReportedCoin[] }>('incoming_transfers', asked)).transfers;
  };
  // All others set aside, as an operator may; change and rewards among them.
  for (const { amount, key_image } of await reported())
    if (BigInt(amount) !== COIN) await house.rpc.call('freeze', { key_image });
  const isStuck = ({ amount, frozen }: ReportedCoin) => frozen && BigInt(amount) === COIN;
  return {
    wallet: houseWallet(house.login),
    node: moneroNode(chain.node.url),
    mine,
    newAddress: async () =>
      (await outside.rpc.call<{ address: string }>('create_address', { account_index: 0 })).address,
    async arrivedAt(address) {
      await outside.rpc.call('refresh');
      const asked = { in: true, pool: true, account_index: 0 };
      const found = await outside.rpc.call<{ in?: Incoming[]; pool?: Incoming[] }>('get_transfers', asked);
      const all = [...(found.in ?? []), ...(found.pool ?? [])];
      return all.filter((one) => one.address === address).map(({ amount }) => BigInt(amount));
    },
    frozen: async () => (await reported()).filter(isStuck).length,
    async dieWhileFrozen() {
      const [first, second] = (await reported()).filter(({ frozen }) => !frozen);
      const keyImages = [first!.key_image, second!.key_image];
      await house.rpc.call('set_attribute', { key: 'pupero.frozen', value: keyImages.join(' ') });
      for (const key_image of keyImages) await house.rpc.call('freeze', { key_image });
    },
  };
}

describe.each([
  ['memory', fake],
  ['wallet-rpc and monerod', real],
] as const)('the coins of the house (%s)', (_, open) => {
  let lab: Lab;
  let sums: readonly Piconero[];
  let price: Piconero;

  beforeAll(async () => {
    lab = await open();
  }, 300_000);
  beforeEach(async () => {
    sums = coinSums((await lab.wallet.status()).coinsPiconero);
    price = (await lab.node.status()).feePerBytePiconero;
  });

  const prepare = (address: string, amountPiconero: Piconero, maximumFeePiconero: Piconero) =>
    lab.wallet.prepare({ address, amountPiconero, feeIncluded: false, maximumFeePiconero });

  async function paid(payment: SignedPayment | string, address: string) {
    if (typeof payment === 'string') throw new Error(payment);
    await lab.wallet.relay(payment);
    await lab.mine(12);
    return { ...payment, arrived: await lab.arrivedAt(address) };
  }

  test('the watcher is told of each coin that nobody has set aside', async () => {
    const { coinsPiconero } = await lab.wallet.status();
    expect(coinsPiconero.filter((coin) => coin === COIN)).toHaveLength(COINS);
  });

  test('more than 16 inputs are paid within the fee that was quoted for them', async () => {
    const amount = asPiconero(35n * XMR);
    const fee = feeFor(amount, sums, price)!;
    expect(fee).toBe(maximumFee(price, 32));
    const payment = await prepare(await lab.newAddress(), amount, fee);
    expect(payment).toMatchObject({ amountPiconero: amount });
    expect((payment as SignedPayment).keyImages.length).toBeGreaterThanOrEqual(18);
    expect((payment as SignedPayment).feePiconero).toBeLessThanOrEqual(fee);
  }, 60_000);

  test('a fee that no choice of coins keeps to is refused, and no coin stays frozen', async () => {
    const fee = maximumFee(price);
    const tooLittle = asPiconero(fee / 10n);
    expect(await prepare(await lab.newAddress(), asPiconero(35n * XMR), tooLittle)).toBe('fee_above_maximum');
    expect(await lab.frozen()).toBe(0);
  }, 60_000);

  test('coins that a dead payer left frozen pay again', async () => {
    await lab.dieWhileFrozen();
    await prepare(await lab.newAddress(), asPiconero(XMR), maximumFee(price));
    expect(await lab.frozen()).toBe(0);
  }, 60_000);

  test('145 coins pay the most that one transaction can; of a piconero more nothing is signed', async () => {
    const most = mostPayable(sums, price);
    const fee = maximumFee(price, MAX_INPUTS);
    expect(most).toBe(BigInt(MAX_INPUTS) * COIN - fee);
    const address = await lab.newAddress();
    expect(await prepare(address, asPiconero(most + 1n), fee)).toBe('fee_above_maximum');
    const { keyImages, arrived } = await paid(await prepare(address, most, fee), address);
    expect(keyImages).toHaveLength(MAX_INPUTS);
    expect(arrived).toEqual([most]);
    expect(await lab.frozen()).toBe(0);
  }, 180_000);

  test('everything out of a balance: what arrives and the fee make up the total, to the piconero', async () => {
    const total = asPiconero(7n * XMR + 7n);
    const address = await lab.newAddress();
    const order = { address, amountPiconero: total, feeIncluded: true };
    const payment = await lab.wallet.prepare({
      ...order,
      maximumFeePiconero: feeWithin(total, sums, price)!,
    });
    const { amountPiconero, feePiconero, arrived } = await paid(payment, address);
    expect(amountPiconero + feePiconero).toBe(total);
    expect(arrived).toEqual([amountPiconero]);
  }, 60_000);
});
