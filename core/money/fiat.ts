import { asPiconero, PICONERO_PER_XMR, type Piconero } from './xmr.ts';

declare const minor: unique symbol;

/** An amount of fiat in the currency's minor unit (cents of EUR, whole yen of JPY). */
export type MinorUnits = bigint & { readonly [minor]: true };

export const asMinorUnits = (amount: bigint) => amount as MinorUnits;

/**
 * Decimals of the traded currencies by ISO 4217. They are written here and not asked of Intl, because older releases of
 * ICU give HUF and IDR none, and a browser and a function must agree on an amount.
 */
const DECIMALS = {
  EUR: 2,
  USD: 2,
  GBP: 2,
  CHF: 2,
  CAD: 2,
  AUD: 2,
  NZD: 2,
  JPY: 0,
  CNY: 2,
  HKD: 2,
  TWD: 2,
  KRW: 0,
  SGD: 2,
  INR: 2,
  IDR: 2,
  THB: 2,
  PHP: 2,
  MYR: 2,
  VND: 0,
  SEK: 2,
  NOK: 2,
  DKK: 2,
  PLN: 2,
  CZK: 2,
  HUF: 2,
  UAH: 2,
  GEL: 2,
  TRY: 2,
  ILS: 2,
  AED: 2,
  SAR: 2,
  KWD: 3,
  BHD: 3,
  ZAR: 2,
  NGN: 2,
  BRL: 2,
  MXN: 2,
  ARS: 2,
  CLP: 0,
} as const;

export type Currency = keyof typeof DECIMALS;

/** The traded currencies. The sandbox feed has a price for each. */
export const CURRENCIES = Object.keys(DECIMALS) as [Currency, ...Currency[]];

/** A thousand million of the largest unit: more than any offer needs, and few enough digits for every client. */
const MAX_WHOLE_UNITS = 1_000_000_000n;

/** Decimals of a currency by ISO 4217: 2 for EUR, 0 for JPY, 3 for KWD. */
export const decimalsOf = (currency: Currency): number => DECIMALS[currency];

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
