import { asPiconero, PICONERO_PER_XMR, type Piconero } from './xmr.ts';

declare const minor: unique symbol;

/** An amount of fiat in the currency's minor unit (cents of EUR, whole yen of JPY). */
export type MinorUnits = bigint & { readonly [minor]: true };

export const asMinorUnits = (amount: bigint) => amount as MinorUnits;

/** The traded currencies. The sandbox feed has a price for each. */
export const CURRENCIES = ['EUR', 'USD', 'GBP', 'CHF', 'CAD', 'AUD', 'JPY', 'SEK', 'PLN', 'BRL'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** A thousand million of the largest unit: more than any offer needs, and few enough digits for every client. */
const MAX_WHOLE_UNITS = 1_000_000_000n;

/** Decimals of a currency, by ISO 4217, as ECMA-402 demands of Intl (EUR 2, JPY 0). */
export function decimalsOf(currency: Currency): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

const FIAT = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?$/;

/**
 * Reads `"150.00"` for a currency. Fewer decimals are allowed, more are refused, never rounded.
 * @returns the amount above 0, or a sentence that describes the error
 */
export function parseFiat(text: string, currency: Currency): MinorUnits | string {
  const decimals = decimalsOf(currency);
  const parts = FIAT.exec(text);
  if (!parts || (parts[2]?.length ?? 0) > decimals) {
    return `must be a decimal string with at most ${decimals} decimals (${currency})`;
  }
  const amount = BigInt(parts[1]! + (parts[2] ?? '').padEnd(decimals, '0'));
  if (amount === 0n) return 'must be more than 0';
  if (amount > MAX_WHOLE_UNITS * 10n ** BigInt(decimals))
    return `must be at most ${MAX_WHOLE_UNITS} ${currency}`;
  return asMinorUnits(amount);
}

/** The amount with exactly the currency's decimals: `"150.00"`. */
export function formatFiat(amount: MinorUnits, currency: Currency): string {
  const decimals = decimalsOf(currency);
  const digits = amount.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? digits : `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`;
}

/** XMR bought for fiat. Rounds down: the ledger never moves a piconero that was not paid for. */
export function xmrForFiat(fiat: MinorUnits, fiatPerXmr: MinorUnits): Piconero {
  return asPiconero((fiat * PICONERO_PER_XMR) / fiatPerXmr);
}

/** Fiat to pay for XMR. Rounds up to the minor unit: the seller is never paid less than the price. */
export function fiatForXmr(xmr: Piconero, fiatPerXmr: MinorUnits): MinorUnits {
  return asMinorUnits((xmr * fiatPerXmr + PICONERO_PER_XMR - 1n) / PICONERO_PER_XMR);
}

const BASIS_POINTS = 10_000n;

/** A market price with an owner's margin in basis points, rounded half up to the minor unit, at least one of it. */
export function withMargin(marketPrice: MinorUnits, marginBp: number): MinorUnits {
  const price = (marketPrice * (BASIS_POINTS + BigInt(marginBp)) + BASIS_POINTS / 2n) / BASIS_POINTS;
  return asMinorUnits(price > 0n ? price : 1n);
}
