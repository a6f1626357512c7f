import { fieldFormats } from '#adapters/payment-formats/field-formats.ts';
import { methods as english } from '../../web/src/i18n/en/market.ts';
import { methods as french } from '../../web/src/i18n/fr/market.ts';
import { KNOWN_METHODS, METHOD_MAX_LENGTH, PAYMENT_WINDOW_MINUTES } from '../offers/limits.ts';
import { checkedFields } from './checked-fields.ts';
import { FIELD_NAME_MAX_LENGTH } from './limits.ts';
import { listPaymentMethods } from './list-payment-methods.ts';
import { PAYMENT_METHODS, paymentMethod } from './payment-methods.ts';

const repeated = (texts: string[]) => texts.filter((text, at) => texts.indexOf(text) !== at);

test('at least 30 methods, each with its own id and names', () => {
  expect(PAYMENT_METHODS.length).toBeGreaterThanOrEqual(30);
  for (const texts of [
    PAYMENT_METHODS.map(({ id }) => id),
    PAYMENT_METHODS.map(({ name }) => name.en),
    PAYMENT_METHODS.map(({ name }) => name.fr),
  ])
    expect(repeated(texts)).toEqual([]);
});

test.each(PAYMENT_METHODS.map((method) => [method.id, method] as const))(
  '%s is well-formed',
  (id, method) => {
    expect(id).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(id.length).toBeLessThanOrEqual(METHOD_MAX_LENGTH);
    expect(method.fields.some(({ required }) => required)).toBe(true);
    expect(repeated(method.fields.map(({ name }) => name))).toEqual([]);
    for (const { name, label } of method.fields) {
      expect(name).toMatch(/^[a-z][A-Za-z]*$/);
      expect(name.length).toBeLessThanOrEqual(FIELD_NAME_MAX_LENGTH);
      for (const text of [label.en, label.fr]) expect(text.trim()).not.toBe('');
    }
    const { min, max } = PAYMENT_WINDOW_MINUTES;
    expect(method.usualMinutes).toBeGreaterThanOrEqual(min);
    expect(method.usualMinutes).toBeLessThanOrEqual(max);
  },
);

test('currencies are of ISO 4217, and countries of ISO 3166', () => {
  const currencies = new Set(Intl.supportedValuesOf('currency'));
  const nameOf = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  for (const { currencies: own, fields } of PAYMENT_METHODS) {
    expect((own ?? []).filter((code) => !currencies.has(code))).toEqual([]);
    for (const { countries } of fields)
      expect(countries === 'sepa' ? [] : (countries ?? []).filter((code) => !nameOf.of(code))).toEqual([]);
  }
});

test('the site has the same names, and its usual methods are among them', () => {
  const names = (language: 'en' | 'fr') =>
    Object.fromEntries(PAYMENT_METHODS.map(({ id, name }) => [id, name[language]]));
  expect(english).toEqual(names('en'));
  expect(french).toEqual(names('fr'));
  expect(KNOWN_METHODS.filter((id) => !paymentMethod(id))).toEqual([]);
});

test('the list shows names, fields and currencies, and nothing that only the checks need', async () => {
  const { items } = await listPaymentMethods();
  expect(items.map(({ id }) => id)).toEqual(PAYMENT_METHODS.map(({ id }) => id));
  expect(items.find(({ id }) => id === 'sepa')).toStrictEqual({
    id: 'sepa',
    name: { en: 'SEPA transfer', fr: 'Virement SEPA' },
    fields: [
      {
        name: 'name',
        label: { en: 'Name of the account holder', fr: 'Nom du titulaire du compte' },
        format: 'name',
        required: true,
      },
      { name: 'iban', label: { en: 'IBAN', fr: 'IBAN' }, format: 'iban', required: true },
      {
        name: 'bic',
        label: { en: 'BIC (SWIFT code)', fr: 'BIC (code SWIFT)' },
        format: 'bic',
        required: false,
      },
    ],
    currencies: ['EUR'],
    usualMinutes: 1_440,
  });
  expect(items.find(({ id }) => id === 'cash_by_mail')).not.toHaveProperty('currencies');
});

describe('the fields of a payment account', () => {
  const checked = (method: string, fields: Record<string, string>) =>
    checkedFields(fieldFormats, method, fields);
  const iban = 'DE89370400440532013000';

  test('are stored in their normal form, without blank ones', () => {
    expect(checked('sepa', { name: ' Ann B. ', iban: 'de89 3704 0044 0532 0130 00', bic: ' ' })).toEqual({
      name: 'Ann B.',
      iban,
    });
  });

  test('are refused with every fault under its path', () => {
    expect(checked('sepa', { name: ' ', iban: `${iban}1`, sortCode: '1' })).toEqual({
      refused: 'invalid_request',
      errors: [
        { path: 'fields.sortCode', message: 'is not known here' },
        { path: 'fields.name', message: 'is missing' },
        { path: 'fields.iban', message: 'must be an IBAN (SEPA)' },
      ],
    });
    expect(checked('swish', { phone: '+47 406 12 345' })).toMatchObject({
      errors: [{ path: 'fields.phone', message: 'must be a phone number, with its country code (SE)' }],
    });
  });

  test('a method in the words of its owner has none', () => {
    expect(checked('pigeon post', {})).toEqual({});
    expect(checked('pigeon post', { pigeon: 'Coo' })).toMatchObject({ refused: 'invalid_request' });
  });

  test.each(['__proto__', 'constructor', 'toString'])('a field named %s is not known', (name) => {
    const fields = JSON.parse(`{"${name}": "x", "name": "Ann B.", "iban": "${iban}"}`);
    expect(checked('sepa', fields)).toMatchObject({ errors: [{ path: `fields.${name}` }] });
    expect(paymentMethod(name)).toBeUndefined();
  });
});
