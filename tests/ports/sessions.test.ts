import { documentClient } from '#adapters/dynamodb/client.ts';
import { liveSessions } from '#adapters/dynamodb/live-sessions.ts';
import { dynamoSessions } from '#adapters/dynamodb/sessions.ts';
import {
  type Challenge,
  callerOf,
  openedSession,
  type Session,
  signedInElsewhere,
  traded,
} from '#core/accounts/sessions.ts';
import type { AccountId, SessionId } from '#core/ids.ts';
import { asInstant, later } from '#core/time.ts';
import { fresh } from '#tests/helpers/entities.ts';
import { ownTables } from '#tests/helpers/own-tables.ts';
import { storeParts } from '#tests/helpers/store-parts.ts';
import { type Stores, stores } from './stores.ts';

const now = asInstant(1_000_000);
const aSession = (accountId = fresh<AccountId>()): Session => {
  const device = { browser: 'Firefox' };
  const standing = { role: 'moderator', suspended: { until: asInstant(7) } } as const;
  const opening = { id: fresh<SessionId>(), accountId, device, credentialsVersion: 3, standing };
  return openedSession({ ...opening, remember: false, lineDigest: 'line' }, 'token-1', now);
};

const aChallenge = (): Challenge => ({
  id: fresh(),
  accountId: fresh(),
  credentialsVersion: 1,
  remember: false,
  digest: 'digest',
  expiresAt: later(now, 100),
});

describe.each(stores)('sessions (%s)', (_, open) => {
  let { sessions, challenges, buckets, knownPlaces, outbox } = {} as Stores;
  beforeAll(async () => {
    ({ sessions, challenges, buckets, knownPlaces, outbox } = await open());
  });

  test('stores a session as it was opened and as it was rotated', async () => {
    const session = aSession();
    await sessions.add(session, []);
    expect(await sessions.get(callerOf(session))).toEqual(session);
    const next = traded(session, 'token-1', 'token-2', later(now, 5))!;
    expect(await sessions.trade(session, next)).toBeUndefined();
    expect(await sessions.get(callerOf(session))).toEqual(next.session);
    expect(await sessions.get({ ...callerOf(session), accountId: fresh() })).toBeUndefined();
  });

  test('writes one of three rotations from one version', async () => {
    const session = aSession();
    await sessions.add(session, []);
    const nexts = ['a', 'b', 'c'].map((token) => traded(session, 'token-1', token, now)!);
    const results = await Promise.all(nexts.map((next) => sessions.trade(session, next)));
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
  });

  test('writes all of 30 additions at once, and no rotation that has not read them', async () => {
    const opened = aSession();
    await sessions.add(opened, []);
    const { session } = traded(opened, 'token-1', 'token-2', now)!;
    await sessions.trade(opened, { kind: 'rotation', session });
    const rotation = traded(session, 'token-2', 'token-3', later(now, 2))!;
    const tokens = Array.from({ length: 30 }, (_, n) => `added-${n}`);
    const additions = tokens.map((token) => traded(session, 'token-1', token, later(now, 1))!);
    const results = await Promise.all(additions.map((addition) => sessions.trade(session, addition)));
    expect(results.every((result) => result === undefined)).toBe(true);

    const read = (await sessions.get(callerOf(session)))!;
    expect([...read.live].sort()).toEqual([...tokens, 'token-2'].sort());
    expect({ ...read, live: [] }).toEqual({ ...additions[0]!.session, live: [] });
    expect(await sessions.trade(session, rotation)).toBe('changed_since');

    const later2 = traded(read, 'added-7', 'token-4', later(now, 2))!;
    expect(await sessions.trade(read, later2)).toBeUndefined();
    expect(await sessions.trade(session, additions[0]!)).toBe('changed_since');
  });

  test('an ended session is gone, and none of its tokens is traded', async () => {
    const session = aSession();
    await sessions.add(session, []);
    await sessions.end(callerOf(session));
    await sessions.end(callerOf(session));
    const next = traded(session, 'token-1', 'token-2', now)!;
    for (const kind of ['rotation', 'addition'] as const)
      expect(await sessions.trade(session, { ...next, kind })).toBe('changed_since');
    expect(await sessions.get(callerOf(session))).toBeUndefined();
  });

  test('ending or keeping an unknown session stores nothing', async () => {
    const unknown = callerOf(aSession());
    await sessions.end(unknown);
    await sessions.keep(unknown, 2);
    expect(await sessions.get(unknown)).toBeUndefined();
  });

  test('pages through the sessions of one account, newest first', async () => {
    const accountId = fresh<AccountId>();
    const opened = [aSession(accountId), aSession(accountId), aSession(accountId)];
    for (const session of [...opened, aSession()]) await sessions.add(session, []);
    const first = await sessions.ofAccount(accountId, { limit: 2 });
    expect(first.items).toEqual([opened[2], opened[1]]);
    const rest = await sessions.ofAccount(accountId, { limit: 2, after: first.next! });
    expect(rest).toEqual({ items: [opened[0]] });
  });

  test('a kept session gets the new number, and a rotation that has not read it is refused', async () => {
    const session = aSession();
    await sessions.add(session, []);
    await sessions.keep(callerOf(session), 4);
    const kept = { ...session, credentialsVersion: 4, version: 2 };
    expect(await sessions.get(callerOf(session))).toEqual(kept);
    expect(await sessions.trade(session, traded(session, 'token-1', 'token-2', now)!)).toBe('changed_since');
    await sessions.end(callerOf(session));
    await sessions.keep(callerOf(session), 5);
    expect(await sessions.get(callerOf(session))).toBeUndefined();
  });

  test('stores the event of a session together with it', async () => {
    const session = aSession();
    const event = signedInElsewhere(session);
    await sessions.add(session, [event]);
    expect(await sessions.get(callerOf(session))).toEqual(session);
    const stored = (await outbox.pending(later(now, 1), 100)).items;
    expect(stored).toContainEqual(expect.objectContaining(event));
  });

  test('counts as many of 20 tries at once as the challenge allows', async () => {
    const challenge = aChallenge();
    await challenges.add(challenge);
    const tries = Array.from({ length: 20 }, () => challenges.takeTry(challenge.id, 'digest', 5, now));
    const given = (await Promise.all(tries)).filter((one) => one !== undefined);
    expect(given).toEqual(Array(5).fill(challenge));
  });

  test('a wrong digest or a late try gets no challenge, and counts as no try', async () => {
    const challenge = aChallenge();
    await challenges.add(challenge);
    expect(await challenges.takeTry(challenge.id, 'guess', 1, now)).toBeUndefined();
    expect(await challenges.takeTry(challenge.id, 'digest', 1, later(now, 100))).toBeUndefined();
    expect(await challenges.takeTry(fresh(), 'digest', 1, now)).toBeUndefined();
    expect(await challenges.takeTry(challenge.id, 'digest', 1, later(now, 99))).toEqual(challenge);
  });

  test('closes a challenge for one of three calls at once', async () => {
    const challenge = aChallenge();
    await challenges.add(challenge);
    const closed = await Promise.all([1, 2, 3].map(() => challenges.close(challenge.id)));
    expect(closed.filter(Boolean)).toHaveLength(1);
    expect(await challenges.takeTry(challenge.id, 'digest', 5, now)).toBeUndefined();
  });

  test('a bucket gives its burst, also at once, and then one token per interval', async () => {
    const bucket = [fresh<string>(), { burst: 3, everyMs: 100 }] as const;
    const take = (afterMs: number) => buckets.take(bucket, later(now, afterMs));
    const atOnce = await Promise.all(Array.from({ length: 10 }, () => take(0)));
    expect(atOnce.filter((waitMs) => waitMs === 0)).toHaveLength(3);
    expect([await take(99), await take(100), await take(100)]).toEqual([1, 0, 100]);
    expect([await take(1_000), await take(1_000), await take(1_000)]).toEqual([0, 0, 0]);
    expect(await take(1_000)).toBe(100);
    await buckets.giveBack(bucket, later(now, 1_000));
    expect([await take(1_000), await take(1_040)]).toEqual([0, 60]);
  });

  test('knows a place until its time is over', async () => {
    const place = `${fresh()}#198.51.100.7`;
    expect(await knownPlaces.has(place, now)).toBe(false);
    await knownPlaces.add(place, later(now, 10));
    expect(await knownPlaces.has(place, later(now, 9))).toBe(true);
    expect(await knownPlaces.has(place, later(now, 10))).toBe(false);
  });
});

test('an access token is accepted with the rights of its session, while that lives', async () => {
  const client = documentClient();
  const tables = await ownTables();
  const sessions = dynamoSessions(client, tables.sessions, storeParts(tables));
  const session = aSession();
  const caller = callerOf(session);
  await sessions.add(session, []);
  const at = (time: number) => liveSessions(client, tables.sessions, { now: () => asInstant(time) });
  expect(await at(now).standingOf(caller)).toEqual(session.standing);
  expect(await at(now).standingOf({ ...caller, accountId: fresh() })).toBeUndefined();
  expect(await at(session.expiresAt).standingOf(caller)).toBeUndefined();
  await sessions.end(caller);
  expect(await at(now).standingOf(caller)).toBeUndefined();
});
