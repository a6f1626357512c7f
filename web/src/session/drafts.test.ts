import { Intent } from '../api/intent.ts';
import { browserStorage, tabStorage } from '../shell/storage.ts';
import { dropDraft, keepDraft, keptDraft } from './drafts.ts';

// Node has no browser storage, so these tests run in memory, like a browser that forbids storage.
test('uses memory where the browser forbids storage', () => {
  expect(browserStorage.isForbidden()).toBe(true);
  browserStorage.set('language', 'fr');
  expect(browserStorage.get('language')).toBe('fr');
  browserStorage.remove('language');
  expect(browserStorage.get('language')).toBeNull();
});

test('keeps a draft for one account and form until it is dropped', () => {
  keepDraft('alice', 'withdrawal', 'a');
  keepDraft('alice', 'new offer', 'b');
  expect(keptDraft('alice', 'withdrawal')).toBe('a');
  expect(keptDraft('bob', 'withdrawal')).toBeUndefined();
  dropDraft('bob', 'withdrawal');
  dropDraft('alice', 'withdrawal');
  expect([keptDraft('alice', 'withdrawal'), keptDraft('alice', 'new offer')]).toEqual([undefined, 'b']);
});

test('ignores unreadable drafts', () => {
  tabStorage.set('pupero.drafts.carol', '{broken');
  expect(keptDraft('carol', 'withdrawal')).toBeUndefined();
});

test('keeps the key of an intent over a reload until it is done, for one body and account only', () => {
  const intent = (accountId = 'alice') => new Intent(() => ({ accountId, form: 'withdrawal' }));
  const body = { address: 'a', amountXmr: '1' };
  const { key } = intent().attempt(body);
  expect(intent().attempt(body)).toMatchObject({ key, isRetry: true });
  expect(intent('bob').attempt(body).key).not.toBe(key);
  const other = intent().attempt({ ...body, amountXmr: '2' });
  expect(other.key).not.toBe(key);
  expect(other.isRetry).toBe(false);
  const last = intent();
  expect(last.attempt({ ...body, amountXmr: '2' }).key).toBe(other.key);
  last.done();
  expect(intent().attempt({ ...body, amountXmr: '2' }).key).not.toBe(other.key);
});
