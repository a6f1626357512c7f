import { type CoinSums, MAX_INPUTS, SUMMED_INPUTS } from '../chain/coin-sums.ts';
import { asPiconero, type Piconero } from '../money/xmr.ts';
import { maximumFee } from './fee.ts';
import type { NotPrepared, PaymentOrder } from './ports.ts';

/**
 * For each step of `SUMMED_INPUTS`: the sum of that many largest coins, and the maximum fee of a payment that spends
 * them.
 */
const reachOf = (sums: CoinSums, feePerBytePiconero: Piconero) =>
  sums.map((sum, step) => ({ sum, fee: maximumFee(feePerBytePiconero, SUMMED_INPUTS[step]!) }));

/**
 * The maximum fee of a payment that is made of the house's largest coins.
 *
 * @param amountPiconero the amount that arrives
 * @returns `undefined` if one transaction cannot pay it
 */
export function feeFor(
  amountPiconero: Piconero,
  sums: CoinSums,
  feePerBytePiconero: Piconero,
): Piconero | undefined {
  const reach = reachOf(sums, feePerBytePiconero);
  return reach.find(({ sum, fee }) => amountPiconero + fee <= sum)?.fee;
}

/**
 * The same as `feeFor`, for an amount that includes the fee.
 *
 * @returns `undefined` if one transaction cannot pay it
 */
export function feeWithin(
  totalPiconero: Piconero,
  sums: CoinSums,
  feePerBytePiconero: Piconero,
): Piconero | undefined {
  return reachOf(sums, feePerBytePiconero).find(({ sum }) => totalPiconero <= sum)?.fee;
}

/** The maximum amount that one transaction can pay now; 0 if the house has no coins. */
export function mostPayable(sums: CoinSums, feePerBytePiconero: Piconero): Piconero {
  const amounts = reachOf(sums, feePerBytePiconero).map(({ sum, fee }) => sum - fee);
  return asPiconero(amounts.reduce((most, amount) => (amount > most ? amount : most), 0n));
}

/** Up to this many inputs, a signing that may be discarded takes less time than freezing all other coins. */
const FEW_INPUTS = 64;

type Coin = { amountPiconero: Piconero };

/** The fewest coins whose sum reaches `target`; `undefined` if all coins together do not reach it. */
function fewestCoins<C extends Coin>(coins: readonly C[], target: bigint): C[] | undefined {
  const largestFirst = [...coins].sort((a, b) => (a.amountPiconero < b.amountPiconero ? 1 : -1));
  let sum = 0n;
  const chosen = largestFirst.filter(({ amountPiconero }) => {
    const isNeeded = sum < target;
    if (isNeeded) sum += amountPiconero;
    return isNeeded;
  });
  return sum >= target ? chosen : undefined;
}

/**
 * Chooses the coins of a payment. If few are needed, the wallet's own choice is tried first, because it reveals less to
 * observers. The fewest coins are used if the wallet's choice would cost more than the order allows.
 *
 * @param coins coins that are not frozen; locked ones may pay later
 * @returns `fewest`: the fewest coins that reach the amount plus the maximum fee. `isWalletFree`: the wallet's choice
 *   is tried first. `isBetterLater`: fewer coins are needed once the locked ones unlock
 */
export function choiceOf<C extends Coin>(
  { amountPiconero, feeIncluded, maximumFeePiconero }: PaymentOrder,
  coins: { unlocked: readonly C[]; locked: readonly C[] },
): { fewest: C[]; isWalletFree: boolean; isBetterLater: boolean } | NotPrepared {
  const target = feeIncluded ? amountPiconero : amountPiconero + maximumFeePiconero;
  const fewest = fewestCoins(coins.unlocked, target);
  if (!fewest) return 'not_payable_now';
  const fewestLater = fewestCoins([...coins.unlocked, ...coins.locked], target)!;
  const isBetterLater = fewestLater.length < fewest.length;
  if (fewest.length > MAX_INPUTS)
    return fewestLater.length <= MAX_INPUTS ? 'not_payable_now' : 'fee_above_maximum';
  return { fewest, isWalletFree: fewest.length <= FEW_INPUTS, isBetterLater };
}
