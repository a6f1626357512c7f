import { asPiconero, type Piconero } from '../money/xmr.ts';
import { maximumFee } from './fee.ts';
import type { NotPrepared, PaymentOrder } from './ports.ts';

/**
 * Inputs that fit into one transaction with one destination (measured: 145 weigh 96,405; wallet-rpc refuses 146). The
 * wallet stops at two thirds of what a block may weigh (monero: wallet2.cpp, TX_WEIGHT_TARGET).
 */
export const MAX_INPUTS = 145;

/** Numbers of inputs for which a sum is kept: few, because the heartbeat that carries them is read at each quote. */
const STEPS = [16, 32, 48, 64, 80, 96, 112, 128, MAX_INPUTS] as const;

/** What the 16, 32, … largest coins of the house come to, up to the step that holds them all. */
export type CoinSums = readonly Piconero[];

/** @param coins what each coin is worth, unlocked or about to unlock */
export function coinSums(coins: readonly Piconero[]): CoinSums {
  const largestFirst = [...coins].sort((a, b) => (a < b ? 1 : -1));
  const last = STEPS.findIndex((inputs) => inputs >= coins.length);
  const steps = last === -1 ? STEPS : STEPS.slice(0, last + 1);
  return steps.map((inputs) =>
    asPiconero(largestFirst.slice(0, inputs).reduce((sum, coin) => sum + coin, 0n)),
  );
}

/** The most that a payment out of these coins may take from them, its fee included, and that fee. */
const reachOf = (sums: CoinSums, feePerBytePiconero: Piconero) =>
  sums.map((sum, step) => ({ sum, fee: maximumFee(feePerBytePiconero, STEPS[step]!) }));

/**
 * The maximum fee of a payment, by how many of the house's largest coins it needs.
 *
 * @returns `undefined` when one transaction cannot pay it, however many of the coins it spends
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
 * The maximum fee of a payment that takes `totalPiconero` in all, fee included.
 *
 * @returns `undefined` as `feeFor` does
 */
export function feeWithin(
  totalPiconero: Piconero,
  sums: CoinSums,
  feePerBytePiconero: Piconero,
): Piconero | undefined {
  return reachOf(sums, feePerBytePiconero).find(({ sum }) => totalPiconero <= sum)?.fee;
}

/** The most that one transaction can pay now; 0 when the house has no coins. */
export function mostPayable(sums: CoinSums, feePerBytePiconero: Piconero): Piconero {
  const amounts = reachOf(sums, feePerBytePiconero).map(({ sum, fee }) => sum - fee);
  return asPiconero(amounts.reduce((most, amount) => (amount > most ? amount : most), 0n));
}

/** Up to as many inputs a signature that is thrown away costs less time than freezing all other coins. */
const FEW_INPUTS = 64;

type Coin = { amountPiconero: Piconero };

/** The fewest coins that come to `target` together; `undefined` when all of them do not. */
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
 * Which coins a payment is made of: the wallet's own choice where few are needed, because it tells an observer less; the
 * fewest where the wallet's choice would cost more than the order allows.
 *
 * @param coins those that nobody has frozen; the locked ones may pay later
 * @returns `fewest`: coins that reach the amount with the highest fee allowed. `isWalletFree`: the wallet's choice is
 *   worth a try first. `isBetterLater`: once the locked coins unlock, fewer will do
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
