import type { AccountId } from '#core/ids.ts';
import type { Connection } from '#core/live/ports.ts';
import { asInstant, later } from '#core/time.ts';
import { fresh } from '#tests/helpers/entities.ts';
import { type Stores, stores } from './stores.ts';

const now = asInstant(1_700_000_000_000);
const soon = later(now, 30_000);

describe.each(stores)('connections (%s)', (_, open) => {
  let own: Stores;
  beforeAll(async () => {
    own = await open();
  });

  const anAccount = () => fresh<AccountId>();
  const connectionOf = (accountId: AccountId, slot = 0): Connection => ({
    accountId,
    slot,
    connectionId: `${fresh<string>()}=`,
    openedAt: now,
  });
  const opened = async (accountId: AccountId, slot = 0) => {
    const connection = connectionOf(accountId, slot);
    expect(await own.connections.reserve(connection, { digest: 'd', expiresAt: soon }, now)).toBe(true);
    expect(await own.connections.open(connection, { digest: 'd', expiresAt: soon })).toBe(true);
    return connection;
  };

  test('a slot has one ticket at a time, and is free again after it expired', async () => {
    const slot = { accountId: anAccount(), slot: 3 };
    const reserve = (at = now) =>
      own.connections.reserve(slot, { digest: 'd', expiresAt: later(at, 30_000) }, at);
    const answers = await Promise.all([reserve(), reserve(), reserve()]);
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await own.connections.taken(slot.accountId, now)).toEqual([3]);
    expect(await own.connections.taken(slot.accountId, soon)).toEqual([]);
    expect(await own.connections.ofAccount(slot.accountId, now)).toEqual([]);
    expect(await reserve(later(now, 29_999))).toBe(false);
    expect(await reserve(soon)).toBe(true);
  });

  test('a ticket opens one of several simultaneous connections, only with its digest and before it expires', async () => {
    const accountId = anAccount();
    const first = connectionOf(accountId);
    const reserve = () => own.connections.reserve(first, { digest: 'd', expiresAt: soon }, now);
    const until = { expiresAt: later(now, 60_000) };
    expect(await own.connections.open(first, { digest: 'd', ...until })).toBe(false);
    await reserve();
    expect(await own.connections.open(first, { digest: 'other', ...until })).toBe(false);
    expect(await own.connections.open({ ...first, slot: 1 }, { digest: 'd', ...until })).toBe(false);
    expect(await own.connections.open({ ...first, openedAt: soon }, { digest: 'd', ...until })).toBe(false);
    const answers = await Promise.all(
      [first, connectionOf(accountId), connectionOf(accountId)].map((connection) =>
        own.connections.open(connection, { digest: 'd', ...until }),
      ),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await reserve()).toBe(false);
    expect(await own.connections.ofAccount(accountId, now)).toHaveLength(1);
    expect(await own.connections.ofAccount(accountId, until.expiresAt)).toEqual([]);
  });

  test('are found by account and by id, and are closed once', async () => {
    const accountId = anAccount();
    const [one, two] = [await opened(accountId, 0), await opened(accountId, 1)];
    expect(await own.connections.ofAccount(accountId, now)).toEqual([one, two]);
    expect(await own.connections.ofAccount(anAccount(), now)).toEqual([]);
    expect(await own.connections.find(two.connectionId)).toEqual(two);
    expect(await own.connections.find('unknown')).toBeUndefined();
    await own.connections.close(one);
    await own.connections.close(one);
    expect(await own.connections.ofAccount(accountId, now)).toEqual([two]);
    const successor = await opened(accountId, 0);
    await own.connections.close(one);
    expect(await own.connections.find(successor.connectionId)).toEqual(successor);
  });

  test('are listed page by page, each once', async () => {
    const { connections } = await open();
    own = { ...own, connections };
    const all = [];
    for (let count = 0; count < 250; count += 1) all.push((await opened(anAccount())).connectionId);
    await own.connections.reserve({ accountId: anAccount(), slot: 0 }, { digest: 'd', expiresAt: soon }, now);
    const listed: string[] = [];
    let after: string | undefined;
    do {
      const { items, next } = await own.connections.page(now, after);
      listed.push(...items.map(({ connectionId }) => connectionId));
      after = next;
    } while (after !== undefined);
    expect(listed.sort()).toEqual(all.sort());
    expect((await own.connections.page(soon)).items).toEqual([]);
  });

  test('hints about the market are claimed once in an interval, and once for its end', async () => {
    const at = (ms: number) => own.marketHints.claim(later(now, ms), 1_000);
    expect((await Promise.all([at(0), at(0), at(0)])).sort()).toEqual(['later', 'never', 'now']);
    expect(await at(400)).toBe('never');
    expect(await at(600)).toBe('later');
    expect(await at(1_000)).toBe('now');
    expect(await at(1_900)).toBe('later');
    expect(await at(2_000)).toBe('now');
  });
});
