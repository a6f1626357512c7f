import { CURRENCIES, decimalsOf } from '#core/money/fiat.ts';
import { fiatTextIn } from './fiat-text.ts';

/** Locales of English and French, including regions with another currency. */
const LOCALES =
  'en en-GB en-US en-AU en-CA en-CH en-IE en-IN en-NZ en-SE en-JP fr fr-FR fr-BE fr-CA fr-CH fr-LU'
    .split(' ')
    .map((locale) => [locale] as const);

const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');
/** The text without its number, so only the currency. */
const signIn = (locale: string, currency: (typeof CURRENCIES)[number]) =>
  plain(fiatTextIn(locale, '1234', currency)).replace(/[\d.,’' ]/g, '');

test.each(LOCALES)('shows every currency differently in %s', (locale) => {
  expect(new Set(CURRENCIES.map((currency) => signIn(locale, currency))).size).toBe(CURRENCIES.length);
});

test('a sign means the same currency in every locale', () => {
  const meant = new Map<string, Set<string>>();
  for (const [locale] of LOCALES)
    for (const currency of CURRENCIES) {
      const sign = signIn(locale, currency);
      meant.set(sign, (meant.get(sign) ?? new Set()).add(currency));
    }
  expect([...meant].filter(([, currencies]) => currencies.size > 1)).toEqual([]);
});

test.each([
  ['en-GB', 'EUR', '€1,234.50'],
  ['en-US', 'USD', 'USD 1,234.50'],
  ['en-GB', 'USD', 'US$1,234.50'],
  ['en-AU', 'AUD', 'AUD 1,234.50'],
  ['en-GB', 'CAD', 'CA$1,234.50'],
  ['fr-FR', 'EUR', '1 234,50 €'],
  ['fr-FR', 'USD', '1 234,50 $US'],
  ['fr-CA', 'CAD', '1 234,50 CAD'],
  ['fr-CH', 'CHF', '1 234.50 CHF'],
  ['en-GB', 'HUF', 'HUF 1,234.50'],
  ['fr-FR', 'KWD', '1 234,500 KWD'],
  ['en-GB', 'CLP', 'CLP 1,235'],
] as const)('%s writes %s as %s', (locale, currency, text) =>
  expect(plain(fiatTextIn(locale, '1234.50', currency))).toBe(text),
);

test('keeps every digit and the decimals of the currency', () => {
  const digits = (currency: (typeof CURRENCIES)[number]) =>
    fiatTextIn('en', `999999999.${'9'.repeat(decimalsOf(currency))}`.replace(/\.$/, ''), currency).replace(
      /\D/g,
      '',
    );
  expect([digits('EUR'), digits('JPY'), digits('BHD')]).toEqual(['99999999999', '999999999', '999999999999']);
});
