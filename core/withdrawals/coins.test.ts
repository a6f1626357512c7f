import fc from 'fast-check';
import { coinSums, MAX_INPUTS } from '../chain/coin-sums.ts';
import { asPiconero, type Piconero } from '../money/xmr.ts';
import { choiceOf, feeFor, feeWithin, mostPayable } from './coins.ts';
import { maximumFee } from './fee.ts';

const XMR = 1_000_000_000_000n;
const PRICE = asPiconero(20_000n);
const coinsOf = (count: number, piconero: bigint) => Array<Piconero>(count).fill(asPiconero(piconero));

/** The coins of docs/adr/0028-payouts.md, "many coins": 5,145 XMR in coins of 35. */
const REPORTED = coinSums(coinsOf(147, 35n * XMR));

test('quotes 620 XMR out of coins of 35 for the step above the 18 inputs that it needs', () => {
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

const someCoins = fc.array(fc.bigInt({ min: 1n, max: 50n * XMR }).map(asPiconero), {
  minLength: 1,
  maxLength: 200,
});

test('the fewest coins pay each quoted amount for the held fee', () => {
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

test('quotes everything available for the coins of amount and fee together', () => {
  expect(feeWithin(asPiconero(16n * 35n * XMR), REPORTED, PRICE)).toBe(maximumFee(PRICE));
  expect(feeWithin(asPiconero(16n * 35n * XMR + 1n), REPORTED, PRICE)).toBe(maximumFee(PRICE, 32));
  expect(feeWithin(asPiconero(145n * 35n * XMR + 1n), REPORTED, PRICE)).toBeUndefined();
});

describe('the coins of a payment', () => {
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

  test('the largest coins are the fewest', () => {
    const choice = choiceOf(order(50n), wallet([5n, 40n, 1n, 30n, 20n].map(asPiconero)));
    expect(choice).toMatchObject({ fewest: [{ amountPiconero: 40n }, { amountPiconero: 30n }] });
  });

  test('the maximum fee comes on top of the amount, unless the amount includes it', () => {
    const coins = wallet(coinsOf(3, 10n));
    expect(choiceOf(order(20n), coins)).toHaveProperty('fewest.length', 3);
    expect(choiceOf(order(21n), coins)).toBe('not_payable_now');
    expect(choiceOf({ ...order(30n), feeIncluded: true }, coins)).toHaveProperty('fewest.length', 3);
  });

  test('the wallet may choose up to 64 inputs', () => {
    const choiceAmong = (count: number) =>
      choiceOf(order(BigInt(count - 1) * 10n), wallet(coinsOf(count, 10n)));
    expect(choiceAmong(64)).toMatchObject({ isWalletFree: true });
    expect(choiceAmong(65)).toMatchObject({ isWalletFree: false });
  });

  test('one transaction has at most 145 inputs', () => {
    const choiceAmong = (count: number) =>
      choiceOf(order(BigInt(count - 1) * 10n), wallet(coinsOf(count, 10n)));
    expect(choiceAmong(145)).toHaveProperty('fewest.length', 145);
    expect(choiceAmong(146)).toBe('fee_above_maximum');
  });

  test('a payment is better made later if a locked coin makes the inputs fewer', () => {
    const coins = coinsOf(5, 10n);
    expect(choiceOf(order(30n), wallet(coins, coinsOf(1, 100n)))).toMatchObject({ isBetterLater: true });
    expect(choiceOf(order(30n), wallet(coins, coinsOf(1, 10n)))).toMatchObject({ isBetterLater: false });
  });

  test('lets the wallet choose where few coins are needed', () => {
    expect(choiceOf(order(90n), wallet(coinsOf(20, 10n)))).toMatchObject({ isWalletFree: true });
  });

  test('takes the fewest coins where many are needed', () => {
    const coins = [...coinsOf(70, 10n), ...coinsOf(70, 1n)];
    const choice = choiceOf(order(690n), wallet(coins));
    expect(choice).toMatchObject({ isWalletFree: false, isBetterLater: false });
    expect(choice).toHaveProperty('fewest.length', 70);
  });

  test('refuses too many coins for one transaction, unless locked ones make them fewer later', () => {
    const dust = coinsOf(200, 10n);
    expect(choiceOf(order(1_950n), wallet(dust))).toBe('fee_above_maximum');
    expect(choiceOf(order(1_950n), wallet(dust, coinsOf(1, 2_000n)))).toBe('not_payable_now');
  });

  test('waits while too few coins are unlocked', () => {
    expect(choiceOf(order(90n), wallet(coinsOf(2, 10n), coinsOf(20, 10n)))).toBe('not_payable_now');
  });
});
