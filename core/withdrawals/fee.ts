import { asPiconero, type Piconero } from '../money/xmr.ts';

/**
 * Weight of a transaction with two outputs: without inputs, and per input with a ring of 16. Both are wallet2's
 * estimates (monero: wallet2.cpp, estimate_rct_tx_size: 857 and 679) rounded up. Real transactions weigh less: 2,166
 * with 2 inputs, 96,405 with 145.
 */
const BASE_WEIGHT = 1_120n;
const INPUT_WEIGHT = 680n;

/**
 * Minimum number of inputs that a payout is quoted for, because the wallet's own choice may spend more than the fewest
 * coins.
 */
const USUAL_INPUTS = 16;

/** Fees are whole multiples of this (monero: `quantization_mask` of get_fee_estimate). */
const FEE_STEP_PICONERO = 10_000n;

/**
 * The maximum fee of a payout. It is rounded up as the network does, so that the held fee is never too small.
 *
 * @param inputs number of coins that it spends; fewer than `USUAL_INPUTS` count as `USUAL_INPUTS`
 */
export function maximumFee(feePerBytePiconero: Piconero, inputs: number = USUAL_INPUTS): Piconero {
  const weight = BASE_WEIGHT + INPUT_WEIGHT * BigInt(Math.max(inputs, USUAL_INPUTS));
  const steps = (feePerBytePiconero * weight + FEE_STEP_PICONERO - 1n) / FEE_STEP_PICONERO;
  return asPiconero(steps * FEE_STEP_PICONERO);
}
