import { decodeQR } from 'qr/decode.js';
import { encode } from 'uqr';
import { transferFor, transferText } from './transfer-text.ts';

const TRANSFER = {
  name: 'Ann Bélanger',
  iban: 'DE89370400440532013000',
  amount: '120.50',
  remittance: 'K7Q3MD',
};

/** The text of the QR code that the site draws for `text`, read by another library. */
function scanned(text: string): string {
  const scale = 4;
  const { data, size } = encode(text, { border: 4, ecc: 'M' });
  const width = size * scale;
  const image = { width, height: width, data: new Uint8Array(width * width * 4).fill(255) };
  for (let y = 0; y < width; y += 1)
    for (let x = 0; x < width; x += 1)
      if (data[Math.floor(y / scale)]![Math.floor(x / scale)])
        image.data.fill(0, (y * width + x) * 4, (y * width + x) * 4 + 3);
  return decodeQR(image);
}

test('the text has the elements of EPC069-12 in their lines', () => {
  expect(transferText(TRANSFER)!.split('\n')).toEqual([
    'BCD',
    '002',
    '1',
    'SCT',
    '',
    'Ann Bélanger',
    'DE89370400440532013000',
    'EUR120.50',
    '',
    '',
    'K7Q3MD',
  ]);
  expect(transferText({ ...TRANSFER, bic: 'COBADEFFXXX' })!.split('\n')[4]).toBe('COBADEFFXXX');
});

test.each([
  ['without a BIC', {}],
  ['with a BIC', { bic: 'COBADEFFXXX' }],
  ['with the longest name in Latin letters', { name: 'é'.repeat(70) }],
])('another library reads the QR code %s', (_, changes) => {
  const text = transferText({ ...TRANSFER, ...changes })!;
  expect(scanned(text)).toBe(text);
});

test('a name that needs a larger code has none', () => {
  expect(transferText({ ...TRANSFER, name: '𝒜'.repeat(70) })).toBeUndefined();
});

describe('the transfer of a trade', () => {
  const trade = {
    method: 'sepa',
    currency: 'EUR',
    amountFiat: '120.50',
    reference: 'K7Q3MD',
    paymentDetails: [
      { name: 'name', value: TRANSFER.name },
      { name: 'iban', value: TRANSFER.iban },
    ],
  };

  test('has its details, amount and reference', () => {
    expect(transferFor(trade)).toEqual(TRANSFER);
    const bic = { name: 'bic', value: 'COBADEFFXXX' };
    expect(transferFor({ ...trade, paymentDetails: [...trade.paymentDetails, bic] })).toEqual({
      ...TRANSFER,
      bic: 'COBADEFFXXX',
    });
  });

  test.each([
    ['another method', { method: 'wise' }],
    ['another currency', { currency: 'CHF' }],
    ['no details', { paymentDetails: undefined }],
    ['no IBAN', { paymentDetails: [{ name: 'name', value: 'Ann' }] }],
  ])('is unknown with %s', (_, changes) => {
    expect(transferFor({ ...trade, ...changes })).toBeUndefined();
  });
});
