import { Intent } from '../api/intent.ts';
import { browserStorage, tabStorage } from '../shell/storage.ts';
import { dropDraft, keepDraft, keptDraft } from './drafts.ts';

// Node has no storage of a browser here, so these run as where it is forbidden: in memory.
test('where storage is forbidden, memory takes its place', () => {
  expect(browserStorage.isForbidden()).toBe(true);
  browserStorage.set('language', 'fr');
  expect(browserStorage.get('language')).toBe('fr');
  browserStorage.remove('language');
  expect(browserStorage.get('language')).toBeNull();
});

test('a draft is its account’s and its form’s alone, until it is dropped', () => {
  keepDraft('alice', 'withdrawal', 'a');
  keepDraft('alice', 'new offer', 'b');
  expect(keptDraft('alice', 'withdrawal')).toBe('a');
  expect(keptDraft('bob', 'withdrawal')).toBeUndefined();
  dropDraft('bob', 'withdrawal');
  dropDraft('alice', 'withdrawal');
  expect([keptDraft('alice', 'withdrawal'), keptDraft('alice', 'new offer')]).toEqual([undefined, 'b']);
});

test('drafts that cannot be read are none', () => {
  tabStorage.set('pupero.drafts.carol', '{broken');
  expect(keptDraft('carol', 'withdrawal')).toBeUndefined();
});

test('an intent keeps its key over a reload until it is done, and never for another body or account', () => {
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
