import type { PaymentAccount } from '../api/things.ts';
import { emptyDraft } from './draft.ts';
import { accountFor, accountsOf } from './payment-accounts.ts';

const account = (id: string, method: string) => ({ id, method }) as PaymentAccount;
const OWN = [account('new-sepa', 'sepa'), account('old-sepa', 'sepa'), account('wise', 'wise')];
const drafted = (changes: object) => ({
  ...emptyDraft(),
  methods: ['sepa', 'wise', 'pigeon post'],
  ...changes,
});

test('a new offer names the newest payment account of each method', () => {
  expect(accountsOf(drafted({}), OWN)).toEqual(['new-sepa', 'wise']);
  expect(accountsOf(drafted({ methods: ['wise'] }), OWN)).toEqual(['wise']);
  expect(accountsOf(drafted({}), [])).toEqual([]);
});

test('a choice replaces it, also the choice of none', () => {
  const draft = drafted({ chosenAccounts: { sepa: 'old-sepa', wise: '' } });
  expect(accountsOf(draft, OWN)).toEqual(['old-sepa']);
});

test('an existing offer names no others than before until they are chosen', () => {
  const draft = drafted({ namedAccounts: ['old-sepa'] });
  expect(accountFor(draft, OWN, 'sepa')).toBe('old-sepa');
  expect(accountFor(draft, OWN, 'wise')).toBe('');
  expect(accountsOf(drafted({ namedAccounts: ['old-sepa'], chosenAccounts: { wise: 'wise' } }), OWN)).toEqual(
    ['old-sepa', 'wise'],
  );
});

test('a payment account that was removed is named no more', () => {
  const draft = drafted({ namedAccounts: ['gone'], chosenAccounts: { wise: 'gone too' } });
  expect(accountsOf(draft, OWN)).toEqual([]);
});

test('an offer to buy names none', () => {
  expect(accountsOf(drafted({ side: 'buy' }), OWN)).toBeUndefined();
});
