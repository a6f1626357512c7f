import { type Currency, decimalsOf, formatFiat, type MinorUnits, parseFiat } from '#core/money/fiat.ts';
import { formatXmr, type Piconero, parseXmr } from '#core/money/xmr.ts';
import { withoutFormats } from '../ui/pasted.ts';

/** The unit of an amount field. */
export type Unit = Currency | 'XMR';

/** The sign before the decimals in the reader's locale, as the site itself writes it. */
export type DecimalMark = '.' | ',';

/** `shown` is how the choice reads on its button; `text` goes into the field and is read in one way only. */
export type Choice = { shown: string; text: string };

/** Why a text is no amount of the field's unit. `decimals` is more of them than the unit has. */
export type AmountFault = 'unreadable' | 'not_positive' | 'decimals' | 'too_large' | 'other_unit';

export type ReadAmount =
  | { kind: 'empty' }
  /** `text` is the API's decimal string: canonical XMR, or fiat with exactly the currency's decimals. */
  | { kind: 'amount'; text: string }
  /** `1,000` is a thousand to one reader and one to another. */
  | { kind: 'ambiguous'; choices: [Choice, Choice] }
  | { kind: 'wrong'; fault: AmountFault };

/** The names and signs under which people write each unit; a sign that several share belongs to each of them. */
const MARKS: Record<Unit, readonly string[]> = {
  EUR: ['eur', '€', 'euro', 'euros'],
  USD: ['usd', '$', 'us$', '$us'],
  GBP: ['gbp', '£', '£gb'],
  CHF: ['chf', 'fr', 'fr.', 'sfr', 'sfr.'],
  CAD: ['cad', '$', 'ca$', 'c$', '$ca'],
  AUD: ['aud', '$', 'a$', 'au$', '$au'],
  JPY: ['jpy', '¥', 'jp¥', '円'],
  SEK: ['sek', 'kr', 'kr.'],
  PLN: ['pln', 'zł', 'zl'],
  BRL: ['brl', 'r$'],
  XMR: ['xmr', 'ɱ'],
};

const ALL_MARKS = new Set(Object.values(MARKS).flat());

/** Longer than any amount anybody means; keeps the work on a pasted book small. */
const MAX_LENGTH = 80;

/**
 * Reads an amount as people type it: decimals after a point or a comma, thousands apart by spaces, apostrophes, points
 * or commas, with the unit's sign before or after it. Nothing is rounded and nothing is guessed: where the text has
 * two readings, both are returned. Never throws.
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
  // The site writes 1.234 XMR itself where the locale's mark is the point, so its readers are not asked.
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

/**
 * An amount of the API as its field shows it, with the reader's decimal mark.
 * @returns a text that `readAmount` reads as the same amount without a question
 */
export function asTyped(amount: string, decimalMark: DecimalMark): string {
  const [whole = '', decimals] = amount.split('.');
  return decimals === undefined ? whole : unambiguous(`${whole}.${decimals}`, decimalMark);
}

/** Three decimals look like thousands, so they are written with more or fewer. */
function unambiguous(text: string, decimalMark: DecimalMark): string {
  const [whole = '', decimals = ''] = text.split('.');
  if (decimals.length !== 3) return `${whole}${decimalMark}${decimals}`;
  const fewer = decimals.replace(/0+$/, '');
  if (fewer === '') return whole;
  return `${whole}${decimalMark}${fewer.length < 3 ? fewer : `${decimals}0`}`;
}

const wrong = (fault: AmountFault): ReadAmount => ({ kind: 'wrong', fault });
const decimalsIn = (unit: Unit): number => (unit === 'XMR' ? 12 : decimalsOf(unit));

/** Full-width characters, and every kind of space, apostrophe and minus, as the plain one; format characters go. */
const plainSigns = (text: string): string =>
  withoutFormats(text.slice(0, MAX_LENGTH * 4))
    .replace(/[\uff01-\uff5e]/g, (char) => String.fromCharCode(char.charCodeAt(0) - 0xfee0))
    .replace(/\uffe5/g, '¥')
    .replace(/\s+/g, ' ')
    .replace(/[\u2018\u2019\u02bc\u00b4`]/g, "'")
    .replace(/[\u2212\u2010-\u2013]/g, '-')
    .trim();

/** The text without the unit's own sign at either end. @returns undefined for the sign of another unit */
function withoutMarks(text: string, unit: Unit): string | undefined {
  const [, before = '', number = '', after = ''] = /^([^\d.,'-]*)(.*?)([^\d,' -]*)$/.exec(text) ?? [];
  const marks = [before, after].map((mark) => mark.trim().toLowerCase()).filter((mark) => mark !== '');
  const foreign = marks.filter((mark) => !MARKS[unit].includes(mark));
  if (foreign.length === 0) return number.trim();
  return foreign.every((mark) => ALL_MARKS.has(mark)) ? undefined : text;
}

const THOUSANDS = /^[1-9]\d{0,2}(?:([ '.,])\d{3})(?:\1\d{3})*$/;

/** Both ways to read digits with separators between them, each as `1234.5`. @returns undefined if there is none */
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

/** A reading as the API's decimal string, if the unit has such an amount. */
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
