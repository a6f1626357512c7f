import fc from 'fast-check';
import { coinSums, MAX_INPUTS } from '../chain/coin-sums.ts';
import { asPiconero, type Piconero } from '../money/xmr.ts';
import { choiceOf, feeFor, feeWithin, mostPayable } from './coins.ts';
import { maximumFee } from './fee.ts';

const XMR = 1_000_000_000_000n;
const PRICE = asPiconero(20_000n);
const coinsOf = (count: number, piconero: bigint) => Array<Piconero>(count).fill(asPiconero(piconero));

/** The small input of the report: 5,145 XMR in coins of 35. */
const REPORTED = coinSums(coinsOf(147, 35n * XMR));

test('620 XMR out of coins of 35 are quoted for the 18 inputs they need, with a step to spare', () => {
  expect(feeFor(asPiconero(620n * XMR), REPORTED, PRICE)).toBe(maximumFee(PRICE, 32));
});

test('the most that one transaction can pay is 145 coins less their fee', () => {
  const most = 145n * 35n * XMR - maximumFee(PRICE, MAX_INPUTS);
  expect(mostPayable(REPORTED, PRICE)).toBe(most);
  expect(feeFor(asPiconero(most), REPORTED, PRICE)).toBe(maximumFee(PRICE, MAX_INPUTS));
  expect(feeFor(asPiconero(most + 1n), REPORTED, PRICE)).toBeUndefined();
});

test('a house without coins can pay nothing', () => {
  expect(mostPayable(coinSums([]), PRICE)).toBe(0n);
  expect(feeFor(asPiconero(1n), coinSums([]), PRICE)).toBeUndefined();
});

test('a sum for each step, up to the one that holds all coins', () => {
  expect(coinSums(coinsOf(3, 2n))).toEqual([6n]);
  expect(coinSums(coinsOf(40, 1n))).toEqual([16n, 32n, 40n]);
  expect(coinSums(coinsOf(500, 1n))).toHaveLength(9);
  expect(coinSums([1n, 5n, 3n].map(asPiconero))).toEqual([9n]);
});

const someCoins = fc.array(fc.bigInt({ min: 1n, max: 50n * XMR }).map(asPiconero), {
  minLength: 1,
  maxLength: 200,
});

test('what is quoted can be paid with the fewest coins, for the fee that is held', () => {
  fc.assert(
    fc.property(someCoins, fc.bigInt({ min: 1n, max: 5_000n * XMR }), (coins, amount) => {
      const amountPiconero = asPiconero(amount);
      const fee = feeFor(amountPiconero, coinSums(coins), PRICE);
      if (fee === undefined) {
        expect(amount).toBeGreaterThan(mostPayable(coinSums(coins), PRICE));
        return;
      }
      const order = { address: '', amountPiconero, feeIncluded: false, maximumFeePiconero: fee };
      const unlocked = coins.map((coin) => ({ amountPiconero: coin }));
      const choice = choiceOf(order, { unlocked, locked: [] });
      if (typeof choice === 'string') throw new Error(choice);
      expect(maximumFee(PRICE, choice.fewest.length)).toBeLessThanOrEqual(fee);
    }),
  );
});

test('everything available is quoted for the coins that amount and fee take together', () => {
  expect(feeWithin(asPiconero(16n * 35n * XMR), REPORTED, PRICE)).toBe(maximumFee(PRICE));
  expect(feeWithin(asPiconero(16n * 35n * XMR + 1n), REPORTED, PRICE)).toBe(maximumFee(PRICE, 32));
  expect(feeWithin(asPiconero(145n * 35n * XMR + 1n), REPORTED, PRICE)).toBeUndefined();
});

describe('which coins pay', () => {
  const order = (amountPiconero: bigint) => ({
    address: '',
    amountPiconero: asPiconero(amountPiconero),
    feeIncluded: false,
    maximumFeePiconero: asPiconero(10n),
  });
  const wallet = (unlocked: Piconero[], locked: Piconero[] = []) => ({
    unlocked: unlocked.map((amountPiconero) => ({ amountPiconero })),
    locked: locked.map((amountPiconero) => ({ amountPiconero })),
  });

  test('few: the wallet may choose', () => {
    expect(choiceOf(order(90n), wallet(coinsOf(20, 10n)))).toMatchObject({ isWalletFree: true });
  });

  test('many: the fewest', () => {
    const coins = [...coinsOf(70, 10n), ...coinsOf(70, 1n)];
    const choice = choiceOf(order(690n), wallet(coins));
    expect(choice).toMatchObject({ isWalletFree: false, isBetterLater: false });
    expect(choice).toHaveProperty('fewest.length', 70);
  });

  test('too many for one transaction: refused, unless locked coins make them fewer later', () => {
    const dust = coinsOf(200, 10n);
    expect(choiceOf(order(1_950n), wallet(dust))).toBe('fee_above_maximum');
    expect(choiceOf(order(1_950n), wallet(dust, coinsOf(1, 2_000n)))).toBe('not_payable_now');
  });

  test('too few unlocked ones: not now', () => {
    expect(choiceOf(order(90n), wallet(coinsOf(2, 10n), coinsOf(20, 10n)))).toBe('not_payable_now');
  });
});
