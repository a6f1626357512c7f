import { rmSync } from 'node:fs';
import { blobOf } from '#adapters/memory/chain.ts';
import { memoryWorld } from '#adapters/memory/world.ts';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import type { MoneroNode } from '#core/chain/node.ts';
import type { WatchedWallet } from '#core/chain/wallet.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { type OwnWallet, ownChain } from '#tests/helpers/own-chain.ts';
import { flushPool, reorganise } from '#tests/helpers/rewrite-chain.ts';

/** A signed payment that is not sent yet, and one that spends the same coin for somebody else. */
export type Contested = { txid: string; blob: string; rivalBlob: string };

/** A chain that is taken apart, and a house wallet on it that crashes. */
export type DepositLab = {
  wallet: WatchedWallet;
  node: MoneroNode;
  mine(count: number): Promise<unknown>;
  /** The newest `depth` blocks are replaced by one more. Their transactions return to the pool. */
  reorganise(depth: number): Promise<void>;
  /** Takes everything out of the node's pool. */
  flushPool(): Promise<void>;
  /** Somebody outside pays one piconero to each. Resolves with the transaction's id. */
  pay(addresses: string[]): Promise<string>;
  /** Somebody outside signs a payment, and another one with the same coin. */
  contested(address: string): Promise<Contested>;
  /** wallet-rpc dies without storing, and is there again. */
  crash(): Promise<void>;
  /** It dies, its file is lost, and it is made again from its keys. */
  restore(): Promise<void>;
};

async function fake(): Promise<DepositLab> {
  const { chain, ports } = memoryWorld();
  const { wallet, node } = ports;
  let made = 0;
  const txidOf = () => String(++made).padStart(64, '0');
  const paymentTo = (address: string, keyImage: string, txid = txidOf()) => ({
    txid,
    blob: blobOf({ txid, keyImages: [keyImage], address, amountPiconero: asPiconero(1n) }),
  });
  return {
    wallet,
    node,
    mine: async (count) => chain.mine(count),
    reorganise: async (depth) => chain.reorganise(depth),
    flushPool: async () => chain.pool.clear(),
    async pay(addresses) {
      // A transaction of the fake chain has one receiver: each gets one of its own.
      const payments = addresses.map((address) => paymentTo(address, `coin-of-${made}`));
      for (const { blob } of payments) chain.submit(blob);
      return payments[0]!.txid;
    },
    async contested(address) {
      const coin = `contested-${made}`;
      const { txid, blob } = paymentTo(address, coin);
      return { txid, blob, rivalBlob: paymentTo('elsewhere', coin).blob };
    },
    crash: async () => {},
    restore: async () => wallet.restore(),
  };
}

async function real(): Promise<DepositLab> {
  const chain = await ownChain();
  const [house, outside] = [await chain.wallet('house'), await chain.wallet('outside')];
  await chain.node.rpc.mineFirst(house.address);
  await chain.node.rpc.mine(outside.address, 12);
  // 60 until these unlock, and past 86 blocks, where 0.18.0 never answers (core/chain/releases.ts).
  await chain.node.rpc.mine(house.address, 130);
  const node = moneroNode(chain.node.url);
  const restarted = async () => {
    await house.signal('SIGKILL');
    await house.start();
  };
  return {
    wallet: houseWallet(house.login),
    node,
    mine: (count) => chain.node.rpc.mine(house.address, count),
    reorganise: (depth) => reorganise(chain.node.url, depth, house.address),
    flushPool: () => flushPool(chain.node.url),
    async pay(addresses) {
      const destinations = addresses.map((address) => ({ address, amount: 1 }));
      await outside.rpc.call('refresh', {}, 60_000);
      return (await outside.rpc.call<{ tx_hash: string }>('transfer', { destinations }, 60_000)).tx_hash;
    },
    contested: (address) => contestedBy(outside, address),
    crash: restarted,
    async restore() {
      await house.signal('SIGKILL');
      rmSync(house.file);
      await house.start();
    },
  };
}

type Coin = { key_image: string; unlocked: boolean; frozen: boolean };

/** Two transactions of one coin, neither sent; no later payment of that wallet picks the coin. */
async function contestedBy({ rpc, address: own }: OwnWallet, address: string): Promise<Contested> {
  await rpc.call('refresh', {}, 60_000);
  const asked = { transfer_type: 'available' };
  const { transfers } = await rpc.call<{ transfers: Coin[] }>('incoming_transfers', asked);
  const coin = transfers.find(({ unlocked, frozen }) => unlocked && !frozen)!;
  const signed = (to: string) =>
    rpc.call<{ tx_hash: string; tx_blob: string }>('sweep_single', {
      address: to,
      key_image: coin.key_image,
      do_not_relay: true,
      get_tx_hex: true,
    });
  const [payment, rival] = [await signed(address), await signed(own)];
  await rpc.call('freeze', { key_image: coin.key_image });
  return { txid: payment.tx_hash, blob: payment.tx_blob, rivalBlob: rival.tx_blob };
}

export const depositLabs = [
  ['memory', fake],
  ['wallet-rpc and monerod', real],
] as const;
