import { ed25519 } from '@noble/curves/ed25519.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58xmr } from '@scure/base';
import { parseAddress } from '#core/monero/address.ts';
import { asPiconero, type Piconero } from '#core/money/xmr.ts';
import type { HouseWallet } from '#core/withdrawals/ports.ts';
import { blobOf, type MemoryChain } from './chain.ts';
import { memoryWatchedWallet } from './watched-wallet.ts';

const SUBADDRESS_PREFIX = 42;
const STANDARD_PREFIX = 18;

/** A well-formed mainnet (regtest) address made from a number; nobody has its keys. */
export function madeUpAddress(seed: number, prefix = SUBADDRESS_PREFIX): string {
  const key = (part: number) => ed25519.getPublicKey(keccak_256(Uint8Array.of(seed & 255, seed >> 8, part)));
  const content = Uint8Array.of(prefix, ...key(prefix), ...key(prefix + 1));
  return base58xmr.encode(Uint8Array.of(...content, ...keccak_256(content).subarray(0, 4)));
}

const spendKeyOf = (address: string) => base58xmr.decode(address).subarray(1, 33).toString();

/** What one coin is worth: no payment spends more than one. */
const COIN = 1_000_000_000_000_000n;

type Options = { feePiconero?: Piconero; coins?: number; seed?: number };

/**
 * Behaves like wallet-rpc where it matters: it picks the first coin it believes unspent, so that two prepared payments
 * pick the same one; it learns of a spend when it relays one itself, or from a block, not from the pool.
 */
export function memoryHouseWallet(
  chain: MemoryChain,
  options: Options = {},
): HouseWallet & ReturnType<typeof memoryWatchedWallet> {
  const { feePiconero = asPiconero(30_000_000n), coins = 5, seed = 0 } = options;
  const houseAddress = madeUpAddress(seed, STANDARD_PREFIX);
  const relayed = new Set<string>();
  const phantoms = new Set<string>();
  const watched = memoryWatchedWallet(chain, {
    primaryAddress: houseAddress,
    addressAt: (minor) => madeUpAddress(seed * 1_000 + minor),
    balance: () => BigInt(coins + phantoms.size) * COIN,
    unconfirmedPayments: () => [...phantoms],
  });
  let prepared = 0;

  const spent = (keyImage: string) =>
    relayed.has(keyImage) || [...chain.mined.values()].some((tx) => tx.keyImages.includes(keyImage));

  return {
    ...watched,
    async scan(txids) {
      await watched.scan(txids);
      for (const txid of txids) phantoms.delete(txid);
    },
    primaryAddress: async () => houseAddress,

    async prepare({ address, amountPiconero }) {
      if (typeof parseAddress(address, 'regtest') === 'string') return 'address_refused';
      if ([houseAddress, ...watched.addresses()].map(spendKeyOf).includes(spendKeyOf(address)))
        return 'address_refused';
      const coin = [...Array(coins).keys()].map((number) => `coin-${number}`).find((image) => !spent(image));
      if (!coin || amountPiconero + feePiconero > COIN) return 'not_payable_now';
      prepared += 1;
      const txid = Buffer.from(keccak_256(Buffer.from(`${seed}.${prepared}`))).toString('hex');
      const blob = blobOf({ txid, keyImages: [coin], address, amountPiconero });
      return { txid, feePiconero, metadata: blob, blob, keyImages: [coin] };
    },

    async relay({ txid, metadata, keyImages }) {
      if (chain.submit(metadata) === 'refused') throw new Error('the daemon would not have it');
      // Relayed again after it was mined, it is booked a second time: the wallet believes its coins are there.
      if (chain.mined.has(txid)) phantoms.add(txid);
      for (const image of keyImages) relayed.add(image);
    },
  };
}
