import {
  type Currency,
  fiatForXmr,
  formatFiat,
  type MinorUnits,
  parseFiat,
  xmrForFiat,
} from '#core/money/fiat.ts';
import { formatXmr, parseXmr } from '#core/money/xmr.ts';

/** The amount that was typed last. It is sent, and the other one is computed from it. */
export type Typed = { unit: 'fiat' | 'xmr'; text: string };

/** Both amounts at a price, with the API's rounding. An unreadable amount is undefined. */
export function bothAmounts({ unit, text }: Typed, price: MinorUnits, currency: Currency) {
  if (unit === 'fiat') {
    const fiat = parseFiat(text, currency);
    if (typeof fiat === 'string') return { fiat: undefined, xmr: undefined };
    const xmr = xmrForFiat(fiat, price);
    return { fiat: formatFiat(fiat, currency), xmr: xmr > 0n ? formatXmr(xmr) : undefined };
  }
  const xmr = parseXmr(text);
  if (typeof xmr === 'string') return { fiat: undefined, xmr: undefined };
  return { fiat: formatFiat(fiatForXmr(xmr, price), currency), xmr: formatXmr(xmr) };
}

/** Whether an amount is within an offer's limits. All three have the currency's decimals. */
export function isWithin(fiat: string, min: string, max: string, currency: Currency): boolean {
  const [amount, low, high] = [fiat, min, max].map((text) => parseFiat(text, currency));
  if (typeof amount !== 'bigint' || typeof low !== 'bigint' || typeof high !== 'bigint') return false;
  return amount >= low && amount <= high;
}
