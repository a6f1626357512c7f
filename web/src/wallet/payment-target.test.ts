import * as fc from 'fast-check';
import { readTarget } from './payment-target.ts';

const ADDRESS =
  '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';
const parts = [ADDRESS.slice(0, 40), ADDRESS.slice(40)];

test.each([
  ['as it is', ADDRESS],
  ['with spaces around', `  ${ADDRESS}\n`],
  ['over two lines', parts.join('\n')],
  ['over two lines of Windows', parts.join('\r\n')],
  ['with spaces and no-break spaces inside', parts.join(' \u00a0')],
  ['with a zero-width space inside', parts.join('\u200b')],
  ['between direction marks, with a soft hyphen', `\u2068${parts.join('\u00ad')}\u2069`],
])('parses an address %s', (_, text) => expect(readTarget(text)).toEqual({ address: ADDRESS }));

test.each([
  ['no more than the address', `monero:${ADDRESS}`, {}],
  ['an amount', `monero:${ADDRESS}?tx_amount=1.50`, { amountXmr: '1.5' }],
  [
    'everything',
    `monero:${ADDRESS}?tx_amount=239.39014&recipient_name=Donn%C3%A9es%20%26%20fils&tx_description=Invoice+12`,
    { amountXmr: '239.39014', recipient: 'Données & fils', description: 'Invoice 12' },
  ],
  [
    'unknown parameters',
    `monero:${ADDRESS}?colour=red&tx_amount=2&=&x&%ff=%`,
    { amountXmr: '2', recipient: undefined },
  ],
  ['capitals and slashes', `MONERO://${ADDRESS}?tx_amount=1`, { amountXmr: '1' }],
  ['line breaks', `monero:${parts.join('\n')}?tx_am\nount=0.1`, { amountXmr: '0.1' }],
  ['an empty payment ID', `monero:${ADDRESS}?tx_payment_id=&tx_amount=1`, { amountXmr: '1' }],
  ['an amount that is none', `monero:${ADDRESS}?tx_amount=1,5`, {}],
  ['an amount of nothing', `monero:${ADDRESS}?tx_amount=0`, {}],
])('parses a link with %s', (_, text, link) => {
  expect(readTarget(text)).toEqual({
    address: ADDRESS,
    link: { amountXmr: undefined, recipient: undefined, description: undefined, ...link },
  });
});

test('refuses a link that cannot be paid completely', () => {
  expect(readTarget(`monero:${ADDRESS};${ADDRESS}?tx_amount=1;2`)).toBe('several_payees');
  expect(readTarget(`monero:${ADDRESS}?tx_payment_id=${'1'.repeat(64)}`)).toBe('payment_id');
});

test('never throws, and returns an address without spaces', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string({ unit: 'binary' }).map((rest) => `monero:${rest}`),
  );
  fc.assert(
    fc.property(text, (pasted) => {
      const target = readTarget(pasted);
      if (typeof target !== 'string') expect(target.address).not.toMatch(/\s/);
    }),
    { numRuns: 500 },
  );
});
