import { asPiconero, type Piconero } from '#core/money/xmr.ts';
import type { WalletCalls } from './wallet-rpc.ts';

/** The wallet's only account, so that coins of every subaddress can pay every withdrawal. */
export const ACCOUNT = 0;

export type Coin = {
  amountPiconero: Piconero;
  keyImage: string;
  minor: number;
  isUnlocked: boolean;
  minedHeight: number;
};

type ReportedCoin = {
  amount: number | string;
  key_image: string;
  block_height: number;
  frozen: boolean;
  unlocked: boolean;
  subaddr_index: { minor: number };
};

/** The unspent coins that are in a block and not frozen. */
export async function coinsOf(calls: WalletCalls): Promise<Coin[]> {
  const { transfers = [] } = await calls.ask<{ transfers?: ReportedCoin[] }>('incoming_transfers', {
    account_index: ACCOUNT,
    transfer_type: 'available',
  });
  return transfers
    .filter(({ frozen }) => !frozen)
    .map((coin) => ({
      amountPiconero: asPiconero(BigInt(coin.amount)),
      keyImage: coin.key_image,
      minor: coin.subaddr_index.minor,
      isUnlocked: coin.unlocked,
      minedHeight: coin.block_height,
    }));
}

/** Blocks until a coinbase output unlocks (others take 10). A coin that is locked for longer has its own lock. */
const LONGEST_USUAL_LOCK = 60;

/**
 * Amounts of the coins that a quote is based on: those that can pay, those about to unlock, and change in the pool.
 *
 * @param wallet its height in blocks, and its balance, which includes that change
 */
export async function coinsToQuoteBy(
  { height, balancePiconero }: { height: number; balancePiconero: Piconero },
  calls: WalletCalls,
): Promise<Piconero[]> {
  const coins = await coinsOf(calls);
  const inBlocks = coins.reduce((sum, { amountPiconero }) => sum + amountPiconero, 0n);
  const usable = coins.filter(
    ({ isUnlocked, minedHeight }) => isUnlocked || height - minedHeight <= LONGEST_USUAL_LOCK,
  );
  const amounts = usable.map(({ amountPiconero }) => amountPiconero);
  return balancePiconero > inBlocks ? [...amounts, asPiconero(balancePiconero - inBlocks)] : amounts;
}
