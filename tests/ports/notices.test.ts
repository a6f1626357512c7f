import { openedSession } from '#core/accounts/sessions.ts';
import { MEMBER } from '#core/accounts/standing.ts';
import type { SessionEvent } from '#core/events/events.ts';
import type { AccountId, SessionId } from '#core/ids.ts';
import { MAX_COUNTED } from '#core/notices/limits.ts';
import { noticesOf } from '#core/notices/notices.ts';
import { asInstant } from '#core/time.ts';
import { fresh } from '#tests/helpers/entities.ts';
import { type Stores, stores } from './stores.ts';

const signedIn = (accountId: AccountId, at: number): SessionEvent => ({
  type: 'signed_in_elsewhere',
  sessionId: fresh<SessionId>(),
  accountIds: [accountId],
  version: 1,
  at: asInstant(at),
});

describe.each(stores)('notices (%s)', (_, open) => {
  let { sessions, notices } = {} as Stores;
  beforeAll(async () => {
    ({ sessions, notices } = await open());
  });

  /** Writes a change with so many events of one account. @returns the ids of their notices, oldest first */
  async function happened(count: number, accountId = fresh<AccountId>()) {
    const opening = {
      id: fresh<SessionId>(),
      accountId,
      device: {},
      credentialsVersion: 1,
      standing: MEMBER,
    };
    const session = openedSession({ ...opening, remember: false, lineDigest: '' }, '', asInstant(1));
    const events = Array.from({ length: count }, (_, at) => signedIn(accountId, 1_000 + at));
    for (let from = 0; from < count; from += 40) await sessions.add(session, events.slice(from, from + 40));
    const written = events.flatMap((event) => noticesOf({ ...event, requestId: 'none' }));
    return { accountId, written, ids: written.map(({ id }) => id) };
  }

  test('are written with the change that causes them, and listed newest first, page by page', async () => {
    const { accountId, written } = await happened(3);
    const newest = written.toReversed();
    const first = await notices.ofAccount(accountId, { limit: 2 });
    expect(first.items).toEqual(newest.slice(0, 2));
    expect(await notices.ofAccount(accountId, { limit: 2, after: first.next! })).toEqual({
      items: newest.slice(2),
    });
    expect(await notices.ofAccount(fresh(), { limit: 2 })).toEqual({ items: [] });
  });

  test('an event that is stored twice has one notice', async () => {
    const { accountId, written } = await happened(1);
    const { sessionId } = written[0]!;
    const opening = {
      id: fresh<SessionId>(),
      accountId,
      device: {},
      credentialsVersion: 1,
      standing: MEMBER,
    };
    const session = openedSession({ ...opening, remember: false, lineDigest: '' }, '', asInstant(1));
    await sessions.add(session, [{ ...signedIn(accountId, 1_000), sessionId: sessionId! }]);
    expect((await notices.ofAccount(accountId, { limit: 5 })).items).toHaveLength(1);
  });

  test('counts those after the mark, which only moves forward', async () => {
    const { accountId, ids } = await happened(4);
    expect(await notices.readUpTo(accountId)).toBeUndefined();
    expect(await notices.unread(accountId)).toBe(4);
    await notices.markRead(accountId, ids[2]!);
    await notices.markRead(accountId, ids[0]!);
    expect(await notices.readUpTo(accountId)).toBe(ids[2]);
    expect(await notices.unread(accountId)).toBe(1);
    expect(await notices.unread(fresh())).toBe(0);
  });

  test('counts and keeps a bounded number', async () => {
    const { accountId, ids } = await happened(MAX_COUNTED + 5);
    expect(await notices.unread(accountId)).toBe(MAX_COUNTED);
    await notices.trim(accountId, 90);
    const { items } = await notices.ofAccount(accountId, { limit: 200 });
    expect(items.map(({ id }) => id)).toEqual(ids.slice(-90).reverse());
  });

  test('keeps a choice beside the mark, each without the other', async () => {
    const { accountId, ids } = await happened(1);
    expect(await notices.settings(accountId)).toBeUndefined();
    await notices.saveSettings(accountId, { email: ['trade_started', 'deposit_seen'], browser: [] });
    await notices.markRead(accountId, ids[0]!);
    expect(await notices.settings(accountId)).toEqual({
      email: ['trade_started', 'deposit_seen'],
      browser: [],
    });
    await notices.saveSettings(accountId, { email: [], browser: ['trade_expired'] });
    expect(await notices.settings(accountId)).toEqual({ email: [], browser: ['trade_expired'] });
    expect(await notices.readUpTo(accountId)).toBe(ids[0]);
    const other = fresh<AccountId>();
    await notices.markRead(other, ids[0]!);
    expect(await notices.settings(other)).toBeUndefined();
  });

  test('erases everything of one account, also twice', async () => {
    const [gone, other] = [await happened(3), await happened(2)];
    await notices.markRead(gone.accountId, gone.ids[0]!);
    await notices.saveSettings(gone.accountId, { email: [], browser: [] });
    await notices.erase(gone.accountId);
    await notices.erase(gone.accountId);
    expect(await notices.ofAccount(gone.accountId, { limit: 5 })).toEqual({ items: [] });
    expect(await notices.readUpTo(gone.accountId)).toBeUndefined();
    expect(await notices.settings(gone.accountId)).toBeUndefined();
    expect(await notices.unread(other.accountId)).toBe(2);
  });
});
