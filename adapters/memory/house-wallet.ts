import { ed25519 } from '@noble/curves/ed25519.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { base58xmr, hex, utf8 } from '@scure/base';
import { parseAddress } from '#core/chain/address.ts';
import { MAX_INPUTS } from '#core/chain/coin-sums.ts';
import { asPiconero, type Piconero } from '#core/money/xmr.ts';
import { choiceOf } from '#core/withdrawals/coins.ts';
import type { HouseWallet, NotPrepared, PaymentOrder } from '#core/withdrawals/ports.ts';
import type { SignedPayment } from '#core/withdrawals/withdrawals.ts';
import { blobOf, type MemoryChain } from './chain.ts';
import { memoryWatchedWallet } from './watched-wallet.ts';

const SUBADDRESS_PREFIX = 42;
const STANDARD_PREFIX = 18;

/** Cache of addresses, because each costs two curve multiplications and every world makes the same ones. */
const madeUp = new Map<string, string>();

/** A well-formed mainnet (regtest) address made from a number; nobody has its keys. */
export function madeUpAddress(seed: number, prefix = SUBADDRESS_PREFIX): string {
  const known = madeUp.get(`${seed}.${prefix}`);
  if (known) return known;
  const key = (part: number) => ed25519.getPublicKey(keccak_256(Uint8Array.of(seed & 255, seed >> 8, part)));
  const content = Uint8Array.of(prefix, ...key(prefix), ...key(prefix + 1));
  const address = base58xmr.encode(Uint8Array.of(...content, ...keccak_256(content).subarray(0, 4)));
  madeUp.set(`${seed}.${prefix}`, address);
  return address;
}

const spendKeys = new Map<string, string>();

function spendKeyOf(address: string): string {
  const key = spendKeys.get(address) ?? base58xmr.decode(address).subarray(1, 33).toString();
  spendKeys.set(address, key);
  return key;
}

/** Default amount of a coin. */
const COIN = asPiconero(1_000_000_000_000_000n);
/** Fee of each input after the first: its weight at 20,000 piconero per byte. */
const INPUT_FEE = 13_600_000n;

export type FakeCoin = { amountPiconero: Piconero; unlocksAtHeight?: number };

/** `feePiconero`: the fee of a payment with one input. */
export type HouseWalletOptions = {
  feePiconero?: Piconero;
  coins?: number | readonly FakeCoin[];
  seed?: number;
};

/** The coins, and the payments that are signed with them. */
function fakeCoins(
  chain: MemoryChain,
  { feePiconero = asPiconero(30_000_000n), coins = 5, seed = 0 }: HouseWalletOptions,
) {
  const given = typeof coins === 'number' ? Array<FakeCoin>(coins).fill({ amountPiconero: COIN }) : coins;
  const all = given.map((coin, number) => ({ ...coin, image: `coin-${number}` }));
  type Coin = (typeof all)[number];
  const relayed = new Set<string>();
  const phantoms = new Set<string>();
  let prepared = 0;

  const isSpent = ({ image }: Coin) =>
    relayed.has(image) || [...chain.mined.values()].some((tx) => tx.keyImages.includes(image));
  const isLocked = ({ unlocksAtHeight = 0 }: Coin) => unlocksAtHeight > chain.height();
  const unspent = () => all.filter((coin) => !isSpent(coin));
  const feeOf = (inputs: readonly Coin[]) =>
    asPiconero(feePiconero + BigInt(Math.max(inputs.length - 1, 0)) * INPUT_FEE);
  const totalOf = (some: readonly Coin[]) => some.reduce((sum, coin) => sum + coin.amountPiconero, 0n);

  /**
   * The wallet's own choice of coins: the first one that covers `order` alone; else the first ones that cover it
   * together; else all.
   */
  function ownChoice({ amountPiconero, feeIncluded }: PaymentOrder, from: readonly Coin[]): Coin[] {
    const needed = (inputs: readonly Coin[]) => amountPiconero + (feeIncluded ? 0n : feeOf(inputs));
    const one = from.find((coin) => coin.amountPiconero >= needed([coin]));
    if (one) return [one];
    const chosen: Coin[] = [];
    for (const coin of from) if (totalOf(chosen) < needed(chosen)) chosen.push(coin);
    return chosen;
  }

  function signed(order: PaymentOrder, inputs: readonly Coin[]): SignedPayment | undefined {
    const fee = feeOf(inputs);
    const amountPiconero = asPiconero(order.amountPiconero - (order.feeIncluded ? fee : 0n));
    const isPossible = amountPiconero > 0n && totalOf(inputs) >= amountPiconero + fee;
    if (!isPossible || fee > order.maximumFeePiconero || inputs.length > MAX_INPUTS) return undefined;
    prepared += 1;
    const txid = hex.encode(keccak_256(utf8.decode(`${seed}.${prepared}`)));
    const keyImages = inputs.map(({ image }) => image);
    const blob = blobOf({ txid, keyImages, address: order.address, amountPiconero });
    return { txid, amountPiconero, feePiconero: fee, metadata: blob, blob, keyImages };
  }

  return {
    phantoms,
    balance: () => totalOf(all) + BigInt(phantoms.size) * COIN,
    unspentPiconero: () => unspent().map(({ amountPiconero }) => amountPiconero),
    prepare(order: PaymentOrder): SignedPayment | NotPrepared {
      const unlocked = unspent().filter((coin) => !isLocked(coin));
      const choice = choiceOf(order, { unlocked, locked: unspent().filter(isLocked) });
      if (typeof choice === 'string') return choice;
      const own = choice.isWalletFree ? signed(order, ownChoice(order, unlocked)) : undefined;
      const payment = own ?? signed(order, choice.fewest);
      return payment ?? (choice.isBetterLater ? 'not_payable_now' : 'fee_above_maximum');
    },
    relay({ txid, metadata, keyImages }: SignedPayment) {
      if (chain.submit(metadata) === 'refused') throw new Error('the daemon would not have it');
      // wallet-rpc books a mined transaction a second time at a second relay, which makes its balance too high.
      if (chain.mined.has(txid)) phantoms.add(txid);
      for (const image of keyImages) relayed.add(image);
    },
  };
}

/**
 * Behaves like wallet-rpc where it matters. Of the coins that it believes unspent it picks one that is large enough, or
 * else the first ones. Two prepared payments therefore pick the same coins. It learns of a spend from its own relay or
 * from a block, not from the pool. It returns no change.
 */
export function memoryHouseWallet(
  chain: MemoryChain,
  options: HouseWalletOptions = {},
): HouseWallet & ReturnType<typeof memoryWatchedWallet> {
  const { seed = 0 } = options;
  const houseAddress = madeUpAddress(seed, STANDARD_PREFIX);
  const coins = fakeCoins(chain, options);
  const watched = memoryWatchedWallet(chain, {
    primaryAddress: houseAddress,
    addressAt: (minor) => madeUpAddress(seed * 1_000 + minor),
    balance: coins.balance,
    coins: coins.unspentPiconero,
    unconfirmedPayments: () => [...coins.phantoms],
  });

  return {
    ...watched,
    async scan(txids) {
      await watched.scan(txids);
      for (const txid of txids) coins.phantoms.delete(txid);
    },
    primaryAddress: async () => houseAddress,

    async prepare(order) {
      if (typeof parseAddress(order.address, 'regtest') === 'string') return 'address_refused';
      if ([houseAddress, ...watched.addresses()].map(spendKeyOf).includes(spendKeyOf(order.address)))
        return 'address_refused';
      return coins.prepare(order);
    },

    async relay(payment) {
      coins.relay(payment);
    },
  };
}
