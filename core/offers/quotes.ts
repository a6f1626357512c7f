import { asMinorUnits, CURRENCIES, type Currency, decimalsOf, type MinorUnits } from '../money/fiat.ts';
import { DAY_MS, type Instant } from '../time.ts';
import type { Rate } from './offers.ts';

/** Prices of 1 XMR that one source answered, by currency. */
export type Quotes = { source: string; prices: ReadonlyMap<Currency, MinorUnits> };

/** Two sources that differ by more are both wrong or one is, so neither price is used. In basis points of the lower. */
const MAX_SPREAD_BP = 1_000n;
/** A price that doubled or halved within a minute is an error of the source. */
const MAX_JUMP = 2n;
/** A price older than this no longer tells a jump from a move of the market. */
const COMPARABLE_MS = DAY_MS;

const PRICE = /^(\d{1,12})(?:\.(\d{1,20}))?$/;

/**
 * A price in the decimals of a source, such as `150.12000000`, rounded half up to the currency's minor unit.
 * @returns undefined if it is no plain decimal above 0
 */
export function quoteOf(text: string, currency: Currency): MinorUnits | undefined {
  const [, whole, fraction = ''] = PRICE.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const decimals = decimalsOf(currency);
  const digits = fraction.padEnd(decimals + 1, '0').slice(0, decimals + 1);
  const amount = (BigInt(whole + digits) + 5n) / 10n;
  return amount > 0n ? asMinorUnits(amount) : undefined;
}

const sorted = (prices: readonly MinorUnits[]) => prices.toSorted((one, other) => (one < other ? -1 : 1));

/** The middle price, or the mean of the two middle ones, rounded down. */
function median(prices: readonly MinorUnits[]): MinorUnits {
  const inOrder = sorted(prices);
  const [low, high] = [inOrder[(prices.length - 1) >> 1]!, inOrder[prices.length >> 1]!];
  return asMinorUnits((low + high) / 2n);
}

const agree = (prices: readonly MinorUnits[]) => {
  const inOrder = sorted(prices);
  const [low, high] = [inOrder[0]!, inOrder.at(-1)!];
  return (high - low) * 10_000n <= low * MAX_SPREAD_BP;
};

const jumps = (price: MinorUnits, before: Rate, now: Instant) =>
  now - before.at <= COMPARABLE_MS &&
  (price > before.fiatPerXmr * MAX_JUMP || price * MAX_JUMP < before.fiatPerXmr);

/**
 * The rates after one round of quotes: the median of the sources that know a currency. A currency whose quotes are
 * missing, differ too much or jump keeps the rate that it had, which becomes stale by itself.
 *
 * @returns the rates in the order of CURRENCIES, and the currencies whose quotes were refused
 */
export function nextRates(
  before: readonly Rate[],
  answers: readonly Quotes[],
  now: Instant,
): { rates: Rate[]; refused: Currency[] } {
  const refused: Currency[] = [];
  const rates = CURRENCIES.flatMap((currency): Rate[] => {
    const known = before.find((rate) => rate.currency === currency);
    const quoted = answers.flatMap(({ source, prices }) => {
      const price = prices.get(currency);
      return price === undefined ? [] : [{ source, price }];
    });
    const kept = known ? [known] : [];
    if (quoted.length === 0) return kept;
    const prices = quoted.map(({ price }) => price);
    const fiatPerXmr = median(prices);
    if (!agree(prices) || (known && jumps(fiatPerXmr, known, now))) {
      refused.push(currency);
      return kept;
    }
    return [{ currency, fiatPerXmr, source: quoted.map(({ source }) => source).join('+'), at: now }];
  });
  return { rates, refused };
}
