import { blobOf } from '#adapters/memory/chain.ts';
import { madeUpAddress } from '#adapters/memory/house-wallet.ts';
import { memoryWorld } from '#adapters/memory/world.ts';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { mine } from '#adapters/monero/mining.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import type { MoneroNode } from '#core/chain/node.ts';
import type { WatchedWallet } from '#core/chain/wallet.ts';
import { asPiconero, formatXmr } from '#core/money/xmr.ts';
import type { HouseWallet } from '#core/withdrawals/ports.ts';
import { payee } from '#tests/helpers/payee.ts';

export type Lab = {
  wallet: HouseWallet & WatchedWallet;
  node: MoneroNode;
  mine(count: number): Promise<unknown>;
  /** An address of an outside wallet, and the payments to it. */
  newAddress(): Promise<string>;
  arrivedAt(address: string): Promise<string[]>;
  /** Somebody outside pays. */
  pay(address: string, amountXmr: bigint): Promise<string>;
};

async function fake(): Promise<Lab> {
  const { chain, ports } = memoryWorld();
  let made = 0;
  return {
    wallet: ports.wallet,
    node: ports.node,
    mine: async (count) => chain.mine(count),
    newAddress: async () => madeUpAddress(50_000 + ++made),
    arrivedAt: async (address) =>
      chain.arrivedAt(address).map(({ amountPiconero }) => formatXmr(amountPiconero)),
    async pay(address, amount) {
      const txid = String(++made).padStart(64, '0');
      chain.submit(blobOf({ txid, keyImages: [txid], address, amountPiconero: asPiconero(amount) }));
      return txid;
    },
  };
}

async function real(): Promise<Lab> {
  const variable = (name: string) => process.env[name]!;
  const nodeUrl = variable('MONERO_NODE_URL');
  const wallet = houseWallet({
    url: variable('MONERO_WALLET_RPC_URL'),
    user: variable('MONERO_WALLET_RPC_USER'),
    password: variable('MONERO_WALLET_RPC_PASSWORD'),
  });
  const houseAddress = await wallet.primaryAddress();
  return {
    wallet,
    node: moneroNode(nodeUrl),
    mine: (count) => mine(nodeUrl, count, houseAddress),
    newAddress: payee.newAddress,
    arrivedAt: async (address) => (await payee.arrivedAt(address)).map(({ amountXmr }) => amountXmr),
    pay: (address, amount) => payee.send(address, formatXmr(asPiconero(amount))),
  };
}

export const chainLabs = [
  ['memory', fake],
  ['wallet-rpc and monerod', real],
] as const;
