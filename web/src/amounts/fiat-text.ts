import { type Currency, decimalsOf } from '#core/money/fiat.ts';

/** Signs that several currencies share. A locale uses them for its own currency, but its reader may trade another. */
const SHARED_SIGNS = new Set(['$', '¥', 'kr']);

/**
 * An amount of money in the locale's format: `€1,234.50`, `1 234,50 €`. The currency is a unique sign (`€`, `A$`,
 * `$CA`) or its code, so that no two currencies look alike in any locale.
 * @param amount the API's decimal string, formatted exactly
 */
export function fiatTextIn(locale: string, amount: string, currency: Currency): string {
  const exact = amount as Intl.StringNumericLiteral;
  const decimals = decimalsOf(currency);
  const options = {
    style: 'currency',
    currency,
    // Given, because older browsers show no decimals of HUF and IDR.
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  } as const;
  const bySign = new Intl.NumberFormat(locale, options);
  const sign = bySign.formatToParts(exact).find(({ type }) => type === 'currency')?.value;
  if (sign && !SHARED_SIGNS.has(sign)) return bySign.format(exact);
  return new Intl.NumberFormat(locale, { ...options, currencyDisplay: 'code' }).format(exact);
}
