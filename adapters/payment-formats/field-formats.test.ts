import type { FieldFormat } from '#core/payment-methods/limits.ts';
import type { Field } from '#core/payment-methods/payment-method.ts';
import { fieldFormats } from './field-formats.ts';

type Countries = Field['countries'];

/** Accepted values with their stored form. Numbers are examples of the standards and their publishers. */
const accepted: [FieldFormat, value: string, stored: string, countries?: Countries][] = [
  ['text', 'Bank of Pupero', 'Bank of Pupero'],
  ['lines', '1 Main Street\nPupero', '1 Main Street\nPupero'],
  ['name', 'Zoë O’Neill-Kowalski', 'Zoë O’Neill-Kowalski'],
  ['name', 'ヤマダ タロウ', 'ヤマダ タロウ'],
  ['iban', 'de89 3704-0044 0532 0130 00', 'DE89370400440532013000'],
  ['iban', 'FR1420041010050500013M02606', 'FR1420041010050500013M02606', 'sepa'],
  ['iban', 'GB29NWBK60161331926819', 'GB29NWBK60161331926819', 'sepa'],
  ['iban', 'RS35260005601001611379', 'RS35260005601001611379', 'sepa'],
  ['iban', 'SA0380000000608010167519', 'SA0380000000608010167519'],
  ['bic', 'deutdeff', 'DEUTDEFF'],
  ['bic', 'DEUTDEFF500', 'DEUTDEFF500'],
  ['email', 'ann+xmr@pupero.example', 'ann+xmr@pupero.example'],
  ['phone', '+46 70 123 45 67', '+46701234567', ['SE']],
  ['phone', '070-123 45 67', '+46701234567', ['SE']],
  ['phone', '+33 6 12 34 56 78', '+33612345678'],
  ['phone', '+45 20 12 34 56', '+4520123456', ['DK', 'FI']],
  ['email_or_phone', 'ann@pupero.example', 'ann@pupero.example', ['US']],
  ['email_or_phone', '(202) 456-1414', '+12024561414', ['US']],
  ['email_phone_or_handle', '@ann-b', 'ann-b'],
  ['email_phone_or_handle', '+33 6 12 34 56 78', '+33612345678'],
  ['handle', 'ann_b.2', 'ann_b.2'],
  ['account_number', '12-345 678', '12345678'],
  ['account_number', 'gb29 nwbk 6016 1331 9268 19', 'GB29NWBK60161331926819'],
  ['us_routing_number', '021000021', '021000021'],
  ['uk_sort_code', '12-34-56', '123456'],
  ['uk_account_number', '1234 5678', '12345678'],
  ['ifsc', 'sbin0000300', 'SBIN0000300'],
  ['clabe', '032 180 000118359719', '032180000118359719'],
  ['cbu', '28505909 40090418135201', '2850590940090418135201'],
  ['pix_key', 'ann@pupero.example', 'ann@pupero.example'],
  ['pix_key', '123.456.789-09', '12345678909'],
  ['pix_key', '00.000.000/0001-91', '00000000000191'],
  ['pix_key', '12.ABC.345/01DE-35', '12ABC34501DE35'],
  ['pix_key', '+55 11 98765-4321', '+5511987654321'],
  ['pix_key', '123E4567-E89B-12D3-A456-426655440000', '123e4567-e89b-12d3-a456-426655440000'],
  ['upi_id', 'Ann.B@okBank', 'ann.b@okbank'],
  ['payid', 'ann@pupero.example', 'ann@pupero.example'],
  ['payid', '0412 345 678', '+61412345678'],
  ['payid', '51 824 753 556', '51824753556'],
  ['promptpay_id', '081 234 5678', '+66812345678'],
  ['promptpay_id', '1-2345-67890-12-1', '1234567890121'],
  ['cashtag', 'ann2', '$ann2'],
  ['cashtag', '$2ann', '$2ann'],
];

test.each(accepted)('%s: %j is stored as %j', (...[format, value, stored, countries]) => {
  expect(fieldFormats.normal(format, value, countries)).toBe(stored);
});

const refused: [FieldFormat, value: string, countries?: Countries][] = [
  ['text', 'two\nlines'],
  ['text', 'x'.repeat(141)],
  ['name', 'two\nlines'],
  ['name', '1234'],
  ['name', 'x'.repeat(71)],
  ['iban', 'DE89370400440532013001'],
  ['iban', 'DE8937040044053201300'],
  ['iban', 'XX89370400440532013000'],
  ['iban', 'CH4431999123000889012'],
  ['iban', 'SA0380000000608010167519', 'sepa'],
  ['bic', 'DEUTDEF'],
  ['bic', 'DEUTXXFF1'],
  ['email', 'ann'],
  ['email', 'ann@pupero'],
  ['email', `${'a'.repeat(250)}@b.example`],
  ['phone', '+47 406 12 345', ['SE']],
  ['phone', '070-123 45 67'],
  ['phone', '+46 1'],
  ['phone', 'call +46 70 123 45 67', ['SE']],
  ['phone', '+46 70 123 45 67 ext. 5', ['SE']],
  ['phone', '020 12 34 56', ['DK', 'FI']],
  ['email_or_phone', 'ann'],
  ['email_phone_or_handle', '1234'],
  ['email_phone_or_handle', 'ann b'],
  ['handle', 'аnn'], // Cyrillic а
  ['handle', 'x'.repeat(41)],
  ['account_number', '123'],
  ['account_number', 'ABCDEF'],
  ['account_number', 'GB29 NWBK 6016 1331 9268 18'],
  ['us_routing_number', '021000022'],
  ['us_routing_number', '400000018'],
  ['uk_sort_code', '12345'],
  ['uk_account_number', '123456789'],
  ['ifsc', 'SBIN1000300'],
  ['clabe', '032180000118359718'],
  ['cbu', '2850590940090418135202'],
  ['cbu', '2850591940090418135201'],
  ['pix_key', '12345678908'],
  ['pix_key', '11111111111'],
  ['pix_key', '00000000000000'],
  ['pix_key', '00000000000192'],
  ['pix_key', '12ABC34501DE36'],
  ['pix_key', '+351 912 345 678'],
  ['upi_id', 'ann@pupero.example'],
  ['upi_id', 'ann'],
  ['payid', '51 824 753 557'],
  ['payid', '+64 21 123 4567'],
  ['promptpay_id', '1234567890122'],
  ['cashtag', '$12345'],
  ['cashtag', '$ann-b'],
  ['cashtag', `$${'a'.repeat(21)}`],
];

test.each(refused)('%s: %j is refused', (...[format, value, countries]) => {
  expect(fieldFormats.normal(format, value, countries)).toBeUndefined();
});

test('a changed digit is noticed at each place of an IBAN, routing number, CLABE and CBU', () => {
  const numbers: [FieldFormat, string][] = [
    ['iban', 'DE89370400440532013000'],
    ['us_routing_number', '021000021'],
    ['clabe', '032180000118359719'],
    ['cbu', '2850590940090418135201'],
  ];
  const missed = numbers.flatMap(([format, number]) =>
    [...number].flatMap((digit, at) => {
      if (!/\d/.test(digit)) return [];
      const changed = `${number.slice(0, at)}${(Number(digit) + 1) % 10}${number.slice(at + 1)}`;
      return fieldFormats.normal(format, changed, undefined) === undefined ? [] : [changed];
    }),
  );
  expect(missed).toEqual([]);
});
