import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58xmr } from '@scure/base';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { parseAddress } from '#core/chain/address.ts';
import { asPiconero, formatXmr } from '#core/money/xmr.ts';
import { NodeUnavailable, WalletUnavailable } from '#core/unavailable.ts';
import type { PaymentOrder } from '#core/withdrawals/ports.ts';
import type { SignedPayment } from '#core/withdrawals/withdrawals.ts';
import { minedIn } from '#tests/helpers/mined-in.ts';
import { chainLabs, type Lab } from './chain-labs.ts';

const AMOUNT = asPiconero(100_000_000_001n);
const ARRIVES = formatXmr(AMOUNT);

const orderTo = (address: string, amountPiconero = AMOUNT): PaymentOrder => ({
  address,
  amountPiconero,
  feeIncluded: false,
  maximumFeePiconero: asPiconero(100_000_000_000n),
});

describe.each(chainLabs)('house wallet and node (%s)', (_, open) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await open();
    // The payments of an earlier suite are in a block now, and the wallet knows it.
    await lab.mine(12);
  }, 60_000);

  async function prepared(address: string): Promise<SignedPayment> {
    const payment = await lab.wallet.prepare(orderTo(address));
    if (typeof payment === 'string') throw new Error(payment);
    return payment;
  }

  const minedHeight = (txid: string) => minedIn(txid, lab.node, lab.mine);

  test('the node tells height, network and price', async () => {
    const { height, network, feePerBytePiconero } = await lab.node.status();
    expect(network).toBe('regtest');
    expect(feePerBytePiconero).toBeGreaterThan(0n);
    await lab.mine(2);
    expect((await lab.node.status()).height).toBe(height + 2);
  });

  test.each([18, 19, 42])(
    'an address of prefix %i with a spend key of the house is refused',
    async (prefix) => {
      const keysOf = (address: string) => base58xmr.decode(address).subarray(1, 65);
      const [own] = await lab.wallet.newSubaddresses(1);
      for (const ours of [own!.address, await lab.wallet.primaryAddress()]) {
        for (const viewKey of [keysOf(ours), keysOf(await lab.newAddress())].map((keys) =>
          keys.subarray(32),
        )) {
          const paymentId = prefix === 19 ? Array(8).fill(7) : [];
          const content = Uint8Array.of(prefix, ...keysOf(ours).subarray(0, 32), ...viewKey, ...paymentId);
          const address = base58xmr.encode(Uint8Array.of(...content, ...keccak_256(content).subarray(0, 4)));
          expect(await lab.wallet.prepare(orderTo(address))).toBe('address_refused');
        }
      }
      await prepared(await lab.newAddress());
    },
  );

  test('a prepared payment is known to nobody, and holds no coins', async () => {
    const address = await lab.newAddress();
    const [one, two] = [await prepared(address), await prepared(address)];
    expect(await lab.node.find(one.txid)).toEqual({ in: 'nowhere' });
    expect(await lab.node.spentBy(one.keyImages)).toBe('nothing');
    expect(two.txid).not.toBe(one.txid);
    expect(two.keyImages.some((image) => one.keyImages.includes(image))).toBe(true);
  });

  test('relayed it is in the pool, then in a block; sent again it arrives once', async () => {
    const address = await lab.newAddress();
    const payment = await prepared(address);
    await lab.wallet.relay(payment);
    expect(await lab.node.find(payment.txid)).toEqual({ in: 'pool' });
    expect(await lab.node.spentBy(payment.keyImages)).toBe('pool');
    expect(await lab.node.send(payment.blob)).toBe('accepted');
    const height = await minedHeight(payment.txid);
    expect(await lab.node.find(payment.txid)).toEqual({ in: 'block', height });
    expect(await lab.node.spentBy(payment.keyImages)).toBe('block');
    await lab.node.send(payment.blob);
    await lab.mine(1);
    expect(await lab.arrivedAt(address)).toEqual([ARRIVES]);
  });

  test('what was never relayed goes out through the node, the very same', async () => {
    const address = await lab.newAddress();
    const payment = await prepared(address);
    expect(await lab.node.send(payment.blob)).toBe('accepted');
    expect(await lab.node.find(payment.txid)).toEqual({ in: 'pool' });
    await minedHeight(payment.txid);
    expect(await lab.arrivedAt(address)).toEqual([ARRIVES]);
  });

  test('a rival of one that went out is refused, and its coins are seen to be spent', async () => {
    const address = await lab.newAddress();
    const [one, two] = [await prepared(address), await prepared(address)];
    await lab.wallet.relay(one);
    expect(await lab.node.send(two.blob)).toBe('refused');
    await minedHeight(one.txid);
    expect(await lab.node.find(two.txid)).toEqual({ in: 'nowhere' });
    expect(await lab.node.spentBy(two.keyImages)).toBe('block');
    expect(await lab.arrivedAt(address)).toEqual([ARRIVES]);
  });

  test('an address that is none is refused', async () => {
    expect(await lab.wallet.prepare(orderTo('no address'))).toBe('address_refused');
  });

  test('a deposit is reported from the pool on, with its height, and unlocks at 10 confirmations', async () => {
    const [subaddress, another] = await lab.wallet.newSubaddresses(2);
    expect(parseAddress(subaddress!.address, 'regtest')).toMatchObject({ kind: 'subaddress' });
    expect(another!.minor).toBe(subaddress!.minor + 1);
    const from = (await lab.node.status()).height;
    const txid = await lab.pay(subaddress!.address, AMOUNT);
    const found = async () => {
      await lab.wallet.status();
      const reported = await lab.wallet.incoming({ from });
      expect(await lab.wallet.find(txid)).toEqual(reported.filter((transfer) => transfer.txid === txid));
      return reported.filter((transfer) => transfer.txid === txid);
    };
    const deposit = { ...subaddress, txid, amountPiconero: AMOUNT };
    expect(await found()).toEqual([{ ...deposit, locked: true }]);
    const height = await minedHeight(txid);
    await lab.mine(8);
    expect(await found()).toEqual([{ ...deposit, minedHeight: height, locked: true }]);
    await lab.mine(1);
    expect(await found()).toEqual([{ ...deposit, minedHeight: height, locked: false }]);
    const isIn = async (range: { from: number; to?: number }) =>
      (await lab.wallet.incoming(range)).some((other) => other.txid === txid);
    expect(await isIn({ from: height + 1 })).toBe(false);
    expect(await isIn({ from: height, to: height + 1 })).toBe(true);
    expect(await isIn({ from: 0, to: height })).toBe(false);
  }, 30_000);

  test('the status has read every block, and counts what arrived, locked or not', async () => {
    const before = await lab.wallet.status();
    const [subaddress] = await lab.wallet.newSubaddresses(1);
    await lab.pay(subaddress!.address, AMOUNT);
    await lab.mine(1);
    const { height } = await lab.node.status();
    const after = await lab.wallet.status();
    expect(after).toMatchObject({ primaryAddress: await lab.wallet.primaryAddress(), height });
    expect(after.balancePiconero).toBeGreaterThanOrEqual(before.balancePiconero + AMOUNT);
  });

  test('more than there is cannot be paid now', async () => {
    const order = orderTo(await lab.newAddress(), asPiconero(18_000_000n * 10n ** 12n));
    expect(await lab.wallet.prepare(order)).toBe('not_payable_now');
  });
});

const NOBODY = 'http://127.0.0.1:9';

test('where nobody listens, wallet and node are unavailable', async () => {
  const wallet = houseWallet({ url: NOBODY, user: 'user', password: 'password' });
  await expect(wallet.primaryAddress()).rejects.toThrow(WalletUnavailable);
  await expect(wallet.status()).rejects.toThrow(WalletUnavailable);
  await expect(moneroNode(NOBODY).status()).rejects.toThrow(NodeUnavailable);
});

test('a login that is refused counts as unavailable', async () => {
  const url = process.env.MONERO_WALLET_RPC_URL!;
  await expect(houseWallet({ url, user: 'user', password: 'wrong' }).primaryAddress()).rejects.toThrow(
    WalletUnavailable,
  );
});
