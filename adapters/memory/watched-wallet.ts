import type { IncomingTransfer, Subaddress, WatchedWallet } from '#core/chain/wallet.ts';
import { asPiconero, type Piconero } from '#core/money/xmr.ts';
import type { FakeTransaction, MemoryChain } from './chain.ts';

/** Subaddresses above the last known one to which payments are found (monero: wallet2's look-ahead). */
const LOOK_AHEAD = 200;

/** As 0.18.5.3 answers `get_version`. */
const INTERFACE_VERSION = 65_568;

type Received = { tx: FakeTransaction; minor: number; minedHeight?: number };

/**
 * A wallet's view of the chain. Only a refresh and a scan update it, so before them it does not know replaced blocks or
 * a changed pool. As in wallet-rpc, a transaction that left its pool stays invisible until it is mined,
 * and a block is read once, with the subaddresses that are known then.
 */
class WalletView {
  readonly #chain: MemoryChain;
  readonly #addressAt: (minor: number) => string;
  readonly #minorOf = new Map<string, number>();
  readonly #seenInPool = new Set<string>();
  /** The hash of each block that was read. */
  readonly #read: (string | undefined)[] = [];
  readonly received = new Map<string, Received>();
  known = 1;

  constructor(chain: MemoryChain, addressAt: (minor: number) => string) {
    this.#chain = chain;
    this.#addressAt = addressAt;
  }

  height = () => this.#read.length;
  addresses = () => [...this.#minorOf.keys()];

  make(count: number): Subaddress[] {
    return Array.from({ length: count }, () => {
      const minor = this.known++;
      const address = this.#addressAt(minor);
      this.#minorOf.set(address, minor);
      return { address, major: 0, minor };
    });
  }

  refresh() {
    this.#detach();
    const first = this.height();
    for (const tx of this.#chain.mined.values()) if (tx.height >= first) this.recognise(tx, tx.height);
    while (this.height() < this.#chain.height()) this.#read.push(this.#chain.hash(this.height()));
    for (const tx of this.#chain.pool.values()) {
      if (this.#seenInPool.has(tx.txid)) continue;
      this.#seenInPool.add(tx.txid);
      this.recognise(tx);
    }
  }

  /** Forgets replaced blocks, and transactions that left the pool. */
  #detach() {
    while (this.height() && this.#read.at(-1) !== this.#chain.hash(this.height() - 1)) this.#read.pop();
    for (const [txid, { minedHeight }] of this.received) {
      const isGone = minedHeight === undefined ? !this.#chain.pool.has(txid) : minedHeight >= this.height();
      if (isGone) this.received.delete(txid);
    }
  }

  recognise(tx: FakeTransaction, minedHeight?: number) {
    const minor = this.#minorOf.get(tx.address);
    if (minor === undefined || minor >= this.known + LOOK_AHEAD) return;
    this.received.set(tx.txid, minedHeight === undefined ? { tx, minor } : { tx, minor, minedHeight });
  }

  scan(txid: string) {
    const mined = this.#chain.mined.get(txid);
    const tx = mined ?? this.#chain.pool.get(txid);
    if (!tx) throw new Error(`the node does not know ${txid}`);
    this.recognise(tx, mined?.height);
  }

  forget() {
    this.known = 1;
    this.#read.length = 0;
    this.received.clear();
    this.#seenInPool.clear();
  }

  transferOf = ({ tx, minor, minedHeight }: Received): IncomingTransfer => ({
    txid: tx.txid,
    address: tx.address,
    major: 0,
    minor,
    amountPiconero: tx.amountPiconero,
    ...(minedHeight !== undefined && { minedHeight }),
    locked:
      minedHeight === undefined || this.height() - minedHeight < 10 || this.height() < (tx.unlockHeight ?? 0),
    ...(tx.unlockHeight !== undefined && { unlockHeight: tx.unlockHeight }),
  });
}

type Options = {
  primaryAddress: string;
  addressAt: (minor: number) => string;
  /** The wallet's balance, deposits not included. */
  balance: () => bigint;
  /** Amounts of the wallet's unspent coins, deposits not included. */
  coins: () => Piconero[];
  unconfirmedPayments: () => string[];
};

/** The watcher's half of the house wallet, on a fake chain. */
export function memoryWatchedWallet(
  chain: MemoryChain,
  { primaryAddress, addressAt, balance, coins, unconfirmedPayments }: Options,
) {
  const view = new WalletView(chain, addressAt);
  const isIn = ({ minedHeight }: Received, from: number, to: number | undefined) =>
    minedHeight === undefined ? to === undefined : minedHeight >= from && minedHeight < (to ?? Infinity);

  const wallet: WatchedWallet = {
    async status() {
      view.refresh();
      const arrived = [...view.received.values()].reduce((sum, { tx }) => sum + tx.amountPiconero, 0n);
      return {
        primaryAddress,
        height: view.height(),
        balancePiconero: asPiconero(balance() + arrived),
        coinsPiconero: coins(),
        interfaceVersion: INTERFACE_VERSION,
      };
    },
    newSubaddresses: async (count) => view.make(count),
    hasSubaddress: async (minor) => minor < view.known,
    async recreateSubaddresses(count) {
      view.make(Math.max(0, count - view.known));
    },
    incoming: async ({ from, to }) =>
      [...view.received.values()].filter((one) => isIn(one, from, to)).map(view.transferOf),
    find: async (txid) =>
      [...view.received.values()].filter(({ tx }) => tx.txid === txid).map(view.transferOf),
    async scan(txids) {
      for (const txid of txids) view.scan(txid);
    },
    unconfirmedPayments: async () => unconfirmedPayments(),
  };

  return {
    ...wallet,
    addresses: view.addresses,
    /** Simulates a wallet restored from its keys, which knows no subaddress and no block. */
    restore: () => view.forget(),
    /** Simulates a crash after which the wallet lacks this deposit but has read its block. */
    lose: (txid: string) => view.received.delete(txid),
  };
}
