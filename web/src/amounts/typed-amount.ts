import { type Currency, decimalsOf, formatFiat, type MinorUnits, parseFiat } from '#core/money/fiat.ts';
import { formatXmr, type Piconero, parseXmr } from '#core/money/xmr.ts';
import { withoutFormats } from '../ui/pasted.ts';

/** The unit of an amount field. */
export type Unit = Currency | 'XMR';

/** The decimal separator of the reader's locale. */
export type DecimalMark = '.' | ',';

/** `shown` is the label of the choice. `text` is unambiguous and goes into the field. */
export type Choice = { shown: string; text: string };

/** Why a text is not an amount of the field's unit. `decimals`: it has more decimals than the unit. */
export type AmountFault = 'unreadable' | 'not_positive' | 'decimals' | 'too_large' | 'other_unit';

export type ReadAmount =
  | { kind: 'empty' }
  /** `text` is the API's decimal string: canonical XMR, or fiat with exactly the currency's decimals. */
  | { kind: 'amount'; text: string }
  /** `1,000` is a thousand or one, depending on the locale. */
  | { kind: 'ambiguous'; choices: [Choice, Choice] }
  | { kind: 'wrong'; fault: AmountFault };

/** Names and signs of each unit. A shared sign belongs to every unit that uses it. */
const MARKS: Record<Unit, readonly string[]> = {
  EUR: ['eur', '€', 'euro', 'euros'],
  USD: ['usd', '$', 'us$', '$us'],
  GBP: ['gbp', '£', '£gb'],
  CHF: ['chf', 'fr', 'fr.', 'sfr', 'sfr.'],
  CAD: ['cad', '$', 'ca$', 'c$', '$ca'],
  AUD: ['aud', '$', 'a$', 'au$', '$au'],
  NZD: ['nzd', '$', 'nz$', '$nz'],
  JPY: ['jpy', '¥', 'jp¥', '円'],
  CNY: ['cny', '¥', 'cn¥', '元', 'rmb'],
  HKD: ['hkd', '$', 'hk$', '$hk'],
  TWD: ['twd', '$', 'nt$', 'tw$'],
  KRW: ['krw', '₩', '원'],
  SGD: ['sgd', '$', 's$', 'sg$', '$sg'],
  INR: ['inr', '₹', 'rs', 'rs.'],
  IDR: ['idr', 'rp', 'rp.'],
  THB: ['thb', '฿'],
  PHP: ['php', '₱'],
  MYR: ['myr', 'rm'],
  VND: ['vnd', '₫', 'đ'],
  SEK: ['sek', 'kr', 'kr.'],
  NOK: ['nok', 'kr', 'kr.'],
  DKK: ['dkk', 'kr', 'kr.'],
  PLN: ['pln', 'zł', 'zl'],
  CZK: ['czk', 'kč', 'kc'],
  HUF: ['huf', 'ft', 'ft.'],
  UAH: ['uah', '₴'],
  GEL: ['gel', '₾'],
  TRY: ['try', '₺', 'tl'],
  ILS: ['ils', '₪', 'nis'],
  AED: ['aed', 'dh', 'dhs'],
  SAR: ['sar', 'sr'],
  KWD: ['kwd', 'kd'],
  BHD: ['bhd', 'bd'],
  ZAR: ['zar', 'r'],
  NGN: ['ngn', '₦'],
  BRL: ['brl', 'r$'],
  MXN: ['mxn', '$', 'mx$', '$mx'],
  ARS: ['ars', '$', 'ar$', '$ar'],
  CLP: ['clp', '$', 'cl$', '$cl'],
  XMR: ['xmr', 'ɱ'],
};

const ALL_MARKS = new Set(Object.values(MARKS).flat());

/** Upper bound of an amount in characters, so that a long pasted text costs little. */
const MAX_LENGTH = 80;

/**
 * Parses a typed amount: decimals after a point or a comma, thousands separated by spaces, apostrophes, points or
 * commas, and the unit's sign on either side. It never rounds, guesses or throws. An ambiguous text returns both
 * readings.
 */
export function readAmount(typed: string, unit: Unit, decimalMark: DecimalMark): ReadAmount {
  const tidy = plainSigns(typed);
  if (tidy === '') return { kind: 'empty' };
  if (tidy.length > MAX_LENGTH) return wrong('unreadable');
  const bare = withoutMarks(tidy, unit);
  if (bare === undefined) return wrong('other_unit');
  if (/^-[\d.,]/.test(bare)) return wrong('not_positive');
  const readings = readingsOf(bare);
  if (!readings) return wrong('unreadable');
  const { asThousands, asDecimals } = readings;
  if (asThousands === undefined || asDecimals === undefined)
    return amountOf((asThousands ?? asDecimals)!, unit);
  // In locales with a decimal point the site itself writes 1.234 XMR, so this is unambiguous.
  const isOwnForm = bare.includes('.') && decimalMark === '.' && decimalsIn(unit) >= 3;
  if (isOwnForm) return amountOf(asDecimals, unit);
  return {
    kind: 'ambiguous',
    choices: [
      { shown: asThousands, text: asThousands },
      { shown: asDecimals.replace('.', decimalMark), text: unambiguous(asDecimals, decimalMark) },
    ],
  };
}

/** Whether a typed text is 0, which `readAmount` refuses as not positive. */
export const isTypedZero = (typed: string): boolean => /^0(?:[.,]0*)?$/.test(typed.trim());

/**
 * Formats an amount of the API for its field, with the reader's decimal mark.
 * @returns a text that `readAmount` parses unambiguously as the same amount
 */
export function asTyped(amount: string, decimalMark: DecimalMark): string {
  const [whole = '', decimals] = amount.split('.');
  return decimals === undefined ? whole : unambiguous(`${whole}.${decimals}`, decimalMark);
}

/** Three decimals look like thousands, so this writes more or fewer. */
function unambiguous(text: string, decimalMark: DecimalMark): string {
  const [whole = '', decimals = ''] = text.split('.');
  if (decimals.length !== 3) return `${whole}${decimalMark}${decimals}`;
  const fewer = decimals.replace(/0+$/, '');
  if (fewer === '') return whole;
  return `${whole}${decimalMark}${fewer.length < 3 ? fewer : `${decimals}0`}`;
}

const wrong = (fault: AmountFault): ReadAmount => ({ kind: 'wrong', fault });
const decimalsIn = (unit: Unit): number => (unit === 'XMR' ? 12 : decimalsOf(unit));

/**
 * Replaces full-width characters, spaces, apostrophes and minus signs with their ASCII form. Drops format characters.
 */
const plainSigns = (text: string): string =>
  withoutFormats(text.slice(0, MAX_LENGTH * 4))
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\uffe5/g, '¥')
    .replace(/\s+/g, ' ')
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/[\u2212\u2010-\u2013]/g, '-')
    .trim();

/** Removes the unit's sign from both ends. @returns undefined if the sign is another unit's */
function withoutMarks(text: string, unit: Unit): string | undefined {
  const [, before = '', number = '', after = ''] = /^([^\d.,'-]*)(.*?)([^\d,' -]*)$/.exec(text) ?? [];
  const marks = [before, after].map((mark) => mark.trim().toLowerCase()).filter((mark) => mark !== '');
  const foreign = marks.filter((mark) => !MARKS[unit].includes(mark));
  if (foreign.length === 0) return number.trim();
  return foreign.every((mark) => ALL_MARKS.has(mark)) ? undefined : text;
}

const THOUSANDS = /^[1-9]\d{0,2}(?:([ '.,])\d{3})(?:\1\d{3})*$/;

/** Both readings of digits with separators, each as `1234.5`. @returns undefined if there is none */
function readingsOf(text: string): { asThousands?: string; asDecimals?: string } | undefined {
  const tight = text.replace(/ ?([.,]) ?/g, '$1');
  if (/^\d+$/.test(tight)) return { asDecimals: tight };
  const asThousands = THOUSANDS.test(tight) ? tight.replace(/[ '.,]/g, '') : undefined;
  const asDecimals = decimalReading(tight);
  return asThousands === undefined && asDecimals === undefined ? undefined : { asThousands, asDecimals };
}

function decimalReading(text: string): string | undefined {
  const [, grouped = '', mark = '', decimals = ''] = /^([\d '.,]*)([.,])(\d*)$/.exec(text) ?? [];
  if (grouped + decimals === '' || grouped.includes(mark)) return undefined;
  if (!/^\d*$/.test(grouped) && !THOUSANDS.test(grouped)) return undefined;
  return `${grouped.replace(/[ '.,]/g, '')}.${decimals}`;
}

/** Converts a reading to the API's decimal string, if the unit has such an amount. */
function amountOf(reading: string, unit: Unit): ReadAmount {
  const [digits = '', decimals = ''] = reading.split('.');
  const whole = digits.replace(/^0+(?=\d)/, '') || '0';
  const significant = decimals.replace(/0+$/, '');
  if (significant.length > decimalsIn(unit)) return wrong('decimals');
  if (whole === '0' && significant === '') return wrong('not_positive');
  const plain = significant === '' ? whole : `${whole}.${significant}`;
  const amount: Piconero | MinorUnits | string = unit === 'XMR' ? parseXmr(plain) : parseFiat(plain, unit);
  if (typeof amount === 'string') return wrong('too_large');
  return {
    kind: 'amount',
    text: unit === 'XMR' ? formatXmr(amount as Piconero) : formatFiat(amount as MinorUnits, unit),
  };
}
