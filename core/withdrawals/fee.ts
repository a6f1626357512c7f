import { asPiconero, type Piconero } from '../money/xmr.ts';

/**
 * Weight of the largest payout that is quoted for: two outputs and 16 inputs. One input makes 1,500, each further one
 * about 680 (measured with wallet-rpc 0.18, rings of 16). Coins that come in smaller pieces than that cannot pay a
 * large withdrawal at this price: it fails as `fee_above_quote`, and the money is given back.
 */
export const MAX_PAYOUT_WEIGHT = 12_000n;

/** Fees are whole multiples of this (monero: `quantization_mask` of get_fee_estimate). */
const FEE_STEP_PICONERO = 10_000n;

/** What a payout costs at most. Rounds up, as the network does: what is held is never too little by a rounding. */
export function maximumFee(feePerBytePiconero: Piconero): Piconero {
  const steps = (feePerBytePiconero * MAX_PAYOUT_WEIGHT + FEE_STEP_PICONERO - 1n) / FEE_STEP_PICONERO;
  return asPiconero(steps * FEE_STEP_PICONERO);
}
