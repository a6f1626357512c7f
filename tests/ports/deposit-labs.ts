import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobOf } from '#adapters/memory/chain.ts';
import { houseWallet } from '#adapters/monero/house-wallet.ts';
import { moneroNode } from '#adapters/monero/node.ts';
import { askNode } from '#adapters/monero/node-rpc.ts';
import type { WatchedNode, WatchedWallet } from '#core/deposits/ports.ts';
import { asPiconero } from '#core/money/xmr.ts';
import type { MoneroNode } from '#core/withdrawals/ports.ts';
import { WalletRpc, WalletRpcError } from '#sandbox/chain/wallet-rpc.ts';
import { moneroWallet } from '#sandbox/parts/monero.ts';
import { freePort } from '#sandbox/ports.ts';
import { Team } from '#sandbox/processes/team.ts';
import { startSandbox } from '#sandbox/sandbox.ts';
import { paymentsWorld } from '#tests/helpers/payments-world.ts';
import { until } from '#tests/helpers/until.ts';

/** A signed payment that is not sent yet, and one that spends the same coin for somebody else. */
export type Contested = { txid: string; blob: string; rivalBlob: string };

/** A chain that is taken apart, and a house wallet on it that crashes. */
export type DepositLab = {
  wallet: WatchedWallet;
  node: MoneroNode & WatchedNode;
  mine(count: number): Promise<unknown>;
  /** The newest `depth` blocks are replaced by one more; what was in them waits in the pool again. */
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
  close(): Promise<void>;
};

async function fake(): Promise<DepositLab> {
  const { chain, wallet, node } = paymentsWorld();
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
    close: async () => {},
  };
}

async function real(): Promise<DepositLab> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pupero-test-deposits-'));
  const sandbox = await startSandbox({ stage: 'test-deposits', dataDir, parts: ['chain'] });
  const nodeUrl = sandbox.urls.node;
  const outside = await outsideWallet(dataDir, nodeUrl);
  const address = (await outside.rpc.call<{ address: string }>('get_address', { account_index: 0 })).address;
  await sandbox.mine(12, address);
  await sandbox.mine(60);
  const login = {
    url: sandbox.urls.wallet,
    user: sandbox.env.MONERO_WALLET_RPC_USER!,
    password: sandbox.env.MONERO_WALLET_RPC_PASSWORD!,
  };
  const wallet = houseWallet(login);
  const node = moneroNode(nodeUrl);
  const killed = async () => {
    const [before] = sandbox.pids();
    sandbox.kill('wallet-rpc');
    await until(
      () => wallet.status().then(Boolean, () => false),
      (answers) => answers && before !== undefined,
      { withinMs: 60_000 },
    );
  };
  return {
    wallet,
    node,
    mine: (count) => sandbox.mine(count),
    async reorganise(depth) {
      const { height } = await node.status();
      const asked = {
        amount_of_blocks: depth + 1,
        wallet_address: sandbox.houseAddress,
        prev_block: await node.blockHash(height - depth - 1),
        starting_nonce: 0,
      };
      await askNode(nodeUrl, 'json_rpc/generateblocks', asked, 60_000);
    },
    async flushPool() {
      await askNode(nodeUrl, 'json_rpc/flush_txpool', {});
    },
    async pay(addresses) {
      const destinations = addresses.map((to) => ({ address: to, amount: 1 }));
      return (await outside.call<{ tx_hash: string }>('transfer', { destinations })).tx_hash;
    },
    contested: (to) => outside.contested(to),
    crash: killed,
    async restore() {
      rmSync(join(dataDir, 'wallets', 'house'));
      await killed();
    },
    async close() {
      await outside.close();
      await sandbox.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** A wallet of somebody outside, on a wallet-rpc of its own. */
async function outsideWallet(dataDir: string, nodeUrl: string) {
  const team = new Team({ say: () => {}, onLost: () => {} });
  const port = await freePort();
  const login = { user: 'outside', password: 'outside' };
  const rpc = new WalletRpc(`http://127.0.0.1:${port}`, login);
  const walletsDir = join(dataDir, 'lab-outside');
  mkdirSync(walletsDir);
  const files = { configFile: join(walletsDir, 'rpc.conf'), logFile: join(walletsDir, 'rpc.log') };
  const create = () =>
    rpc
      .call<void>('create_wallet', { filename: 'outside', password: '', language: 'English' })
      .catch((error) => {
        if (!(error instanceof WalletRpcError)) throw error;
      });
  await team.start({
    ...moneroWallet({ port, nodeUrl, walletsDir, ...files }, login, create),
    name: 'the wallet outside',
  });
  const call = async <T>(method: string, params: object): Promise<T> => {
    await rpc.call('refresh', {}, 60_000);
    return rpc.call<T>(method, params, 60_000);
  };
  type Coin = { key_image: string; unlocked: boolean; frozen: boolean };
  const contestedCoins = new Set<string>();
  return {
    rpc,
    call,
    async contested(to: string): Promise<Contested> {
      const { transfers } = await call<{ transfers: Coin[] }>('incoming_transfers', {
        transfer_type: 'available',
      });
      const coin = transfers.find(
        ({ key_image, unlocked, frozen }) => unlocked && !frozen && !contestedCoins.has(key_image),
      )!;
      contestedCoins.add(coin.key_image);
      const { address: own } = await call<{ address: string }>('get_address', { account_index: 0 });
      const signed = (address: string) =>
        call<{ tx_hash: string; tx_blob: string }>('sweep_single', {
          address,
          key_image: coin.key_image,
          do_not_relay: true,
          get_tx_hex: true,
        });
      const [payment, rival] = [await signed(to), await signed(own)];
      // No later payment of this wallet picks the contested coin.
      await call('freeze', { key_image: coin.key_image });
      return { txid: payment.tx_hash, blob: payment.tx_blob, rivalBlob: rival.tx_blob };
    },
    async close() {
      await team.stop();
      rpc.close();
    },
  };
}

export const depositLabs = [
  ['memory', fake],
  ['wallet-rpc and monerod', real],
] as const;
