import { asPiconero, type Piconero } from '../money/xmr.ts';

/**
 * Weight of a transaction with two outputs: what it weighs without inputs, and each input with a ring of 16. Both are
 * what wallet2 reckons with (monero: wallet2.cpp, estimate_rct_tx_size: 857 and 679), rounded up; real ones weigh less
 * (2,166 with 2 inputs, 96,405 with 145).
 */
const BASE_WEIGHT = 1_120n;
const INPUT_WEIGHT = 680n;

/** Inputs that each payout is quoted for at least, because the wallet prefers its own choice to the fewest coins. */
const USUAL_INPUTS = 16;

/** Fees are whole multiples of this (monero: `quantization_mask` of get_fee_estimate). */
const FEE_STEP_PICONERO = 10_000n;

/**
 * What a payout costs at most. Rounds up, as the network does: what is held is never too little by a rounding.
 *
 * @param inputs how many coins it spends; fewer than `USUAL_INPUTS` count as so many
 */
export function maximumFee(feePerBytePiconero: Piconero, inputs: number = USUAL_INPUTS): Piconero {
  const weight = BASE_WEIGHT + INPUT_WEIGHT * BigInt(Math.max(inputs, USUAL_INPUTS));
  const steps = (feePerBytePiconero * weight + FEE_STEP_PICONERO - 1n) / FEE_STEP_PICONERO;
  return asPiconero(steps * FEE_STEP_PICONERO);
}
