import type { Currency } from '#core/money/fiat.ts';

/** Signs that several currencies share; a locale shortens its own to them, and its reader may trade in another. */
const SHARED_SIGNS = new Set(['$', '¥', 'kr']);

/**
 * An amount of money as the locale writes it: `€1,234.50`, `1 234,50 €`. The currency shows by a sign of its own (`€`,
 * `A$`, `$CA`), or else by its code, so that no two currencies look alike in any locale.
 * @param amount the API's decimal string, formatted exactly
 */
export function fiatTextIn(locale: string, amount: string, currency: Currency): string {
  const exact = amount as Intl.StringNumericLiteral;
  const bySign = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const sign = bySign.formatToParts(exact).find(({ type }) => type === 'currency')?.value;
  if (sign && !SHARED_SIGNS.has(sign)) return bySign.format(exact);
  return new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code' }).format(
    exact,
  );
}
