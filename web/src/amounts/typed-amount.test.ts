import * as fc from 'fast-check';
import { CURRENCIES, decimalsOf, formatFiat, type MinorUnits, parseFiat } from '#core/money/fiat.ts';
import { formatXmr, MAX_PICONERO, type Piconero, parseXmr } from '#core/money/xmr.ts';
import { asTyped, type DecimalMark, type ReadAmount, readAmount, type Unit } from './typed-amount.ts';

const amount = (text: string): ReadAmount => ({ kind: 'amount', text });
const wrong = (fault: string) => ({ kind: 'wrong', fault });
const MARKS: DecimalMark[] = ['.', ','];
const UNITS: Unit[] = [...CURRENCIES, 'XMR'];

describe.each(MARKS)('where decimals follow %j', (mark) => {
  test.each<[string, Unit, string]>([
    ['1,5', 'XMR', '1.5'],
    ['1.5', 'XMR', '1.5'],
    ['123,50', 'EUR', '123.50'],
    ['1,000.50', 'EUR', '1000.50'],
    ['1.000,50', 'EUR', '1000.50'],
    ['1 000,50', 'EUR', '1000.50'],
    ['1\u00a0000,50', 'EUR', '1000.50'],
    ['1\u202f000,50 €', 'EUR', '1000.50'],
    ["1'000.50", 'CHF', '1000.50'],
    ['1’000.50', 'CHF', '1000.50'],
    ['1,000,000', 'EUR', '1000000.00'],
    ['1.000.000', 'EUR', '1000000.00'],
    ['1 000', 'JPY', '1000'],
    ['1 000, 5', 'EUR', '1000.50'],
    ['.5', 'XMR', '0.5'],
    [',5', 'XMR', '0.5'],
    ['5.', 'XMR', '5'],
    ['0,125', 'XMR', '0.125'],
    ['0.640', 'XMR', '0.64'],
    ['1234,567', 'XMR', '1234.567'],
    ['1.2340', 'XMR', '1.234'],
    ['007', 'XMR', '7'],
    ['10.5000', 'EUR', '10.50'],
    ['€50', 'EUR', '50.00'],
    ['50€', 'EUR', '50.00'],
    ['150 EUR', 'EUR', '150.00'],
    ['eur 150', 'EUR', '150.00'],
    ['20 euros', 'EUR', '20.00'],
    ['$50', 'AUD', '50.00'],
    ['CHF 50.50', 'CHF', '50.50'],
    ['50 Fr.', 'CHF', '50.00'],
    ['1 234,50 zł', 'PLN', '1234.50'],
    ['￥５００', 'JPY', '500'],
    ['１２．５', 'XMR', '12.5'],
    ['2 XMR', 'XMR', '2'],
    ['  2  ', 'XMR', '2'],
    ['\u202d1\u2060,\u200b5\u202c', 'XMR', '1.5'],
    ['\u200e1\u00ad2', 'XMR', '12'],
    ['18446744.073709551615', 'XMR', '18446744.073709551615'],
    ['0,000000000001', 'XMR', '0.000000000001'],
  ])('%j of %s is %s', (typed, unit, text) => expect(readAmount(typed, unit, mark)).toEqual(amount(text)));

  test.each<[string, Unit, string]>([
    ['abc', 'EUR', 'unreadable'],
    ['1e3', 'XMR', 'unreadable'],
    ['0x10', 'XMR', 'unreadable'],
    ['10²', 'XMR', 'unreadable'],
    ['½', 'XMR', 'unreadable'],
    ['1 5', 'XMR', 'unreadable'],
    ['12\u202e34', 'XMR', 'unreadable'],
    ['1 0000', 'XMR', 'unreadable'],
    ['1,00,000', 'EUR', 'unreadable'],
    ['1.000.00', 'EUR', 'unreadable'],
    ['1,000.50.5', 'EUR', 'unreadable'],
    ['1 000.000,50', 'EUR', 'unreadable'],
    ['.', 'XMR', 'unreadable'],
    ['€', 'EUR', 'unreadable'],
    ['5 apples', 'EUR', 'unreadable'],
    ['9'.repeat(500), 'XMR', 'unreadable'],
    ['1.234567', 'EUR', 'decimals'],
    ['1,5', 'JPY', 'decimals'],
    ['0.0000000000001', 'XMR', 'decimals'],
    ['0', 'XMR', 'not_positive'],
    ['0,00', 'EUR', 'not_positive'],
    ['-5', 'EUR', 'not_positive'],
    ['−5', 'EUR', 'not_positive'],
    ['18446744.073709551616', 'XMR', 'too_large'],
    ['1000000000.01', 'EUR', 'too_large'],
    ['$50', 'EUR', 'other_unit'],
    ['US$50', 'AUD', 'other_unit'],
    ['150 EUR', 'XMR', 'other_unit'],
    ['2 XMR', 'EUR', 'other_unit'],
  ])('%j of %s is refused as %s', (typed, unit, fault) =>
    expect(readAmount(typed, unit, mark)).toEqual(wrong(fault)),
  );

  test.each(['', '   ', '\u00a0'])('%j is no amount yet', (typed) =>
    expect(readAmount(typed, 'XMR', mark)).toEqual({ kind: 'empty' }),
  );

  test.each<[string, Unit, [string, string]]>([
    ['1,000', 'XMR', ['1000', '1']],
    ['1,234', 'XMR', ['1234', '1.234']],
    ['12,340', 'XMR', ['12340', '12.34']],
    ['1,000', 'EUR', ['1000.00', '1.00']],
    ['1.000', 'EUR', ['1000.00', '1.00']],
    ['€ 1.500', 'EUR', ['1500.00', '1.50']],
    ['1.000', 'JPY', ['1000', '1']],
  ])('%j of %s is asked about, and each answer is read without another question', (typed, unit, meant) => {
    const read = readAmount(typed, unit, mark);
    if (read.kind !== 'ambiguous') throw new Error(`read as ${JSON.stringify(read)}`);
    expect(read.choices.map(({ text }) => readAmount(text, unit, mark))).toEqual(meant.map(amount));
  });
});

test('shows a choice with the typed decimals and the reader’s decimal mark', () => {
  const shown = (mark: DecimalMark) => {
    const read = readAmount('1,000', 'XMR', mark);
    return read.kind === 'ambiguous' && read.choices.map((choice) => choice.shown);
  };
  expect([shown('.'), shown(',')]).toEqual([
    ['1000', '1.000'],
    ['1000', '1,000'],
  ]);
});

test('does not ask about three decimals of XMR after the reader’s own decimal point', () => {
  expect(readAmount('1.234', 'XMR', '.')).toEqual(amount('1.234'));
  expect(readAmount('1.234', 'XMR', ',').kind).toBe('ambiguous');
});

test('refuses a choice with more decimals than the currency has', () => {
  const read = readAmount('1,234', 'EUR', ',');
  const [thousands, decimals] = read.kind === 'ambiguous' ? read.choices : [];
  expect(readAmount(thousands!.text, 'EUR', ',')).toEqual(amount('1234.00'));
  expect(readAmount(decimals!.text, 'EUR', ',')).toEqual(wrong('decimals'));
});

const anyUnit = fc.constantFrom(...UNITS);
const anyMark = fc.constantFrom(...MARKS);
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(..."0123456789.,' ’€$-–\u00a0\u202f１．ExmrkR".split('')),
    maxLength: 16,
  }),
);

test('every text results in a canonical amount, a choice or a named fault', () => {
  fc.assert(
    fc.property(anyText, anyUnit, anyMark, (typed, unit, mark) => {
      const read = readAmount(typed, unit, mark);
      if (read.kind !== 'amount') return;
      if (unit === 'XMR') expect(formatXmr(parseXmr(read.text) as Piconero)).toBe(read.text);
      else expect(formatFiat(parseFiat(read.text, unit) as MinorUnits, unit)).toBe(read.text);
    }),
    { numRuns: 2_000 },
  );
});

test('parses every amount of XMR that a field is filled with unchanged', () => {
  fc.assert(
    fc.property(fc.bigInt(1n, MAX_PICONERO), anyMark, (piconero, mark) => {
      const text = formatXmr(piconero as Piconero);
      expect(readAmount(asTyped(text, mark), 'XMR', mark)).toEqual(amount(text));
    }),
  );
});

test('parses every amount of fiat that a field is filled with, or that Intl formats, unchanged', () => {
  const locales = ['en-GB', 'en-US', 'en-CH', 'fr-FR', 'fr-CH', 'fr-LU'];
  fc.assert(
    fc.property(
      fc.bigInt(1n, 10n ** 9n),
      fc.constantFrom(...CURRENCIES),
      fc.constantFrom(...locales),
      anyMark,
      (minor, currency, locale, mark) => {
        const text = formatFiat(minor as MinorUnits, currency);
        expect(readAmount(asTyped(text, mark), currency, mark)).toEqual(amount(text));
        if (decimalsOf(currency) === 0) return;
        const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
        expect(readAmount(format.format(text as Intl.StringNumericLiteral), currency, mark)).toEqual(
          amount(text),
        );
      },
    ),
  );
});
