import { asPiconero, type Piconero } from '../money/xmr.ts';

/**
 * Inputs that fit into one transaction with one destination. Measured: 145 weigh 96,405, and wallet-rpc refuses 146,
 * because the wallet stops at two thirds of a block's weight limit (monero: wallet2.cpp, TX_WEIGHT_TARGET).
 */
export const MAX_INPUTS = 145;

/** Numbers of inputs for which a sum is stored. They are few, because each quote reads the heartbeat with all sums. */
export const SUMMED_INPUTS = [16, 32, 48, 64, 80, 96, 112, 128, MAX_INPUTS] as const;

/** Sums of the house's 16, 32, … largest coins, up to the step that includes all coins. */
export type CoinSums = readonly Piconero[];

/** @param coins amount of each coin that is unlocked or about to unlock */
export function coinSums(coins: readonly Piconero[]): CoinSums {
  const largestFirst = [...coins].sort((a, b) => (a < b ? 1 : -1));
  const last = SUMMED_INPUTS.findIndex((inputs) => inputs >= coins.length);
  const steps = last === -1 ? SUMMED_INPUTS : SUMMED_INPUTS.slice(0, last + 1);
  return steps.map((inputs) =>
    asPiconero(largestFirst.slice(0, inputs).reduce((sum, coin) => sum + coin, 0n)),
  );
}
