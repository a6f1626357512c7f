import type { Currency } from '#core/money/fiat.ts';
import { fiatTextIn } from '../amounts/fiat-text.ts';
import type { DecimalMark } from '../amounts/typed-amount.ts';
import { serverNowMs } from '../api/clock.ts';
import { currentLanguage, t } from './i18n.svelte.ts';

/** Decimals of a short amount. A hover or a press shows all of them. */
const READABLE_DECIMALS = 6;

// Intl formats decimal strings exactly, so an amount never becomes a JavaScript number.
const exact = (amount: string) => amount as Intl.StringNumericLiteral;

/** The locale of the chosen language, with the browser's region if it names one (`en-GB`, `fr-CH`). */
const locale = (): string => {
  const language = currentLanguage();
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
};

const numbers = (options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale(), options);

export const fullXmr = (amount: string): string =>
  `${numbers({ maximumFractionDigits: 12 }).format(exact(amount))} XMR`;

export const isShortened = (amount: string): boolean =>
  (amount.split('.')[1]?.length ?? 0) > READABLE_DECIMALS && !/^-?0\.0{6}/.test(amount);

/** A short amount of XMR, truncated to six decimals. Amounts that would become 0 are exact. */
export const shortXmr = (amount: string): string =>
  isShortened(amount)
    ? `${numbers({ maximumFractionDigits: READABLE_DECIMALS, roundingMode: 'trunc' }).format(exact(amount))} XMR`
    : fullXmr(amount);

export const fiatText = (amount: string, currency: Currency): string =>
  fiatTextIn(locale(), amount, currency);

/** A currency with its code and its name: `CHF · Swiss Franc`, `CHF · franc suisse`. */
export const currencyText = (currency: Currency): string =>
  `${currency} · ${new Intl.DisplayNames(locale(), { type: 'currency' }).of(currency)}`;

/** The decimal separator of the current locale. */
export const decimalMark = (): DecimalMark =>
  numbers({})
    .formatToParts(1.5)
    .find(({ type }) => type === 'decimal')?.value === ','
    ? ','
    : '.';

/** @param bp basis points: 250 is 2.5 % */
export const percentText = (bp: number): string =>
  numbers({ style: 'percent', maximumFractionDigits: 2 }).format(bp / 10_000);

export const numberText = (n: number): string => numbers({}).format(n);

export const dateTimeText = (at: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(at));

export const dateText = (at: string): string =>
  new Intl.DateTimeFormat(locale(), { dateStyle: 'long' }).format(new Date(at));

export const timeText = (at: string): string =>
  new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(new Date(at));

const AGO_UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
  { unit: 'second', ms: 1_000 },
] as const;

/** A past time in words: `3 minutes ago`, `il y a 3 minutes`. */
export const agoText = (at: string): string => {
  const agoMs = Math.max(0, serverNowMs() - Date.parse(at));
  const { unit, ms } = AGO_UNITS.find((one) => agoMs >= one.ms) ?? AGO_UNITS.at(-1)!;
  return new Intl.RelativeTimeFormat(locale()).format(-Math.floor(agoMs / ms), unit);
};

const SOURCES: Record<string, string> = { coingecko: 'CoinGecko', kraken: 'Kraken' };

/** The names of a price's sources, which the API joins by `+`. */
export const sourcesText = (source: string): string =>
  new Intl.ListFormat(locale()).format(source.split('+').map((name) => SOURCES[name] ?? name));

/** A time on a chart's axis: the hour within a day, the date within a week, and both between. */
export const chartTimeText = (atMs: number, hours: number): string => {
  const day = hours > 24 && ({ day: 'numeric', month: 'short' } as const);
  const hour = hours <= 72 && ({ hour: '2-digit', minute: '2-digit' } as const);
  return new Intl.DateTimeFormat(locale(), { ...day, ...hour }).format(atMs);
};

/** A price on a chart's axis, without its currency. */
export const chartPriceText = (price: number): string =>
  numbers({ maximumSignificantDigits: 7 }).format(price);

/** The translated name of a known payment method. Other methods are free text. */
export const methodText = (method: string): string => {
  const known: Record<string, string> = t().methods;
  return Object.hasOwn(known, method) ? known[method]! : method;
};
