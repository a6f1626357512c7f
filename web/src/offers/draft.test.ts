import type { Offer } from '../api/things.ts';
import { basisPointsOf, draftOf, emptyDraft, readDraft } from './draft.ts';

const typed = (changed: object) => ({
  ...emptyDraft(),
  methods: ['sepa'],
  min: '10',
  max: '400',
  ...changed,
});

test('converts typed amounts to the API’s form', () => {
  const draft = typed({ kind: 'fixed', fixed: '€ 1 150,5', min: '10,5', max: '1.000,00' });
  const { body, wrong } = readDraft(draft, ',');
  expect([...wrong]).toEqual([]);
  expect(body).toMatchObject({
    price: { kind: 'fixed', fiatPerXmr: '1150.50' },
    minFiat: '10.50',
    maxFiat: '1000.00',
  });
});

test.each([
  ['min', { min: '1,000' }],
  ['max', { max: 'a lot' }],
  ['fixed', { kind: 'fixed', fixed: '' }],
  ['order', { min: '500' }],
  ['margin', { margin: '1,000' }],
  ['methods', { methods: [] }],
  ['methods', { methods: ['Re\u200bvolut'] }],
  ['terms', { terms: 'Write\u202e first' }],
])('refuses an ambiguous, missing or invisible value: %s', (field, changed) =>
  expect([...readDraft(typed(changed), ',').wrong]).toEqual([field]),
);

test.each([
  ['2.5', 250],
  ['2,5', 250],
  [' -2,5 % ', -250],
  ['−50', -5000],
  ['+100 %', 10_000],
  ['\u200e2,5\u200b', 250],
  ['0', 0],
  ['100.01', undefined],
  ['1,000', undefined],
  ['5%5', undefined],
  ['', undefined],
])('parses the margin %j as %s basis points', (text, bp) => expect(basisPointsOf(text)).toBe(bp));

test('shows an offer with the reader’s decimal mark, and saves it unchanged', () => {
  const price = { kind: 'market', marginBp: -250 };
  const facts = { side: 'sell', currency: 'EUR', fiatPerXmr: '150.25', minFiat: '10.50', maxFiat: '400.00' };
  const offer = { ...facts, price, methods: ['sepa'], paymentWindowMinutes: 60 } as Offer;
  const draft = draftOf(offer, ',');
  expect(draft).toMatchObject({ margin: '-2,5', fixed: '150,25', min: '10,50', max: '400,00' });
  expect(readDraft(draft, ',').body).toMatchObject({ price, minFiat: '10.50', maxFiat: '400.00' });
});
