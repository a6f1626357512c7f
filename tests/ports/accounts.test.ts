import { type Account, accountEvent, changed } from '#core/accounts/accounts.ts';
import { asInstant, later } from '#core/time.ts';
import { accountWith, fresh } from '#tests/helpers/entities.ts';
import { codeProof, turnedOn } from './proofs.ts';
import { type Stores, stores } from './stores.ts';

describe.each(stores)('accounts (%s)', (_, open) => {
  let { accounts, people, factors, outbox } = {} as Stores;
  beforeAll(async () => {
    ({ accounts, people, factors, outbox } = await open());
  });

  test('finds an account by its id, and by its name in any case', async () => {
    const account = accountWith();
    expect(await accounts.add(account)).toBeUndefined();
    expect(await accounts.get(account.id)).toEqual(account);
    expect(await accounts.byUsername(account.username.toUpperCase())).toEqual(account);
    expect(await accounts.get(fresh())).toBeUndefined();
    expect(await accounts.byUsername(fresh())).toBeUndefined();
  });

  test('gives a name, in any case, to one of ten accounts at once', async () => {
    const name = `Name-${fresh()}`;
    const wanted = Array.from({ length: 10 }, (_, index) =>
      accountWith({ username: index % 2 ? name : name.toLowerCase() }),
    );
    const results = await Promise.all(wanted.map((account) => accounts.add(account)));
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    const winner = wanted[results.indexOf(undefined)];
    expect(await accounts.byUsername(name)).toEqual(winner);
    for (const loser of wanted.filter((account) => account !== winner))
      expect(await accounts.get(loser.id)).toBeUndefined();
  });

  test('writes one of ten changes at once, as it was changed', async () => {
    const account = accountWith();
    await accounts.add(account);
    const names = Array.from({ length: 10 }, (_, n) => `Ann ${n}`);
    const changes = names.map((displayName) => changed(account, { displayName, language: 'fr' }));
    const results = await Promise.all(changes.map((next) => accounts.save({ next, events: [] })));
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    const winner = changes[results.indexOf(undefined)]!;
    expect(await accounts.get(account.id)).toEqual(winner);
  });

  test('shows the display name to others until it is removed', async () => {
    const account = accountWith();
    await accounts.add(account);
    const seen = async () => (await people.getMany([account.id])).get(account.id);
    const named = changed(account, { displayName: 'Ann B.' });
    await accounts.save({ next: named, events: [], renames: true });
    expect(await seen()).toEqual({
      username: account.username,
      displayName: 'Ann B.',
      tradesCompleted: 0,
      since: account.createdAt,
    });
    await accounts.save({ next: changed(named, { displayName: undefined }), events: [], renames: true });
    const { username, createdAt: since } = account;
    expect(await seen()).toEqual({ username, tradesCompleted: 0, since });
    expect(await accounts.get(account.id)).toEqual({ ...account, version: 3 });
  });

  test('stores the event of a change and spends its code, all or nothing', async () => {
    const id = fresh<Account['id']>();
    const factor = await turnedOn({ accounts, factors }, id);
    const save = async (digest: string) => {
      const next = changed((await accounts.get(id))!, { passwordHash: `hash by ${digest}` });
      const events = [accountEvent('password_changed', next, asInstant(7_000))];
      const spent = { kind: 'spent' as const, proof: codeProof(factor, digest) };
      return accounts.save({ next, events, factor: spent });
    };
    const stored = async () =>
      (await outbox.pending(later(asInstant(7_000), 1), 100)).items.filter(({ accountIds }) =>
        accountIds.includes(id),
      );
    expect(await save('three')).toBe('wrong_second_factor');
    expect(await stored()).toEqual([]);
    expect(await save('one')).toBeUndefined();
    expect(await stored()).toMatchObject([{ type: 'password_changed', accountId: id, version: 3 }]);
    expect((await accounts.get(id))?.passwordHash).toBe('hash by one');
    expect((await factors.get(id))?.recoveryDigests).toEqual(['two']);
  });

  test('replaces a hash only if it is still the one that was read', async () => {
    const account = accountWith();
    await accounts.add(account);
    await accounts.replaceHash(account.id, 'hash-1', 'hash-2');
    await accounts.replaceHash(account.id, 'hash-1', 'hash-3');
    expect((await accounts.get(account.id))?.passwordHash).toBe('hash-2');
  });

  test('shows new accounts as people without trades, 120 ids at once', async () => {
    const [one, other] = [accountWith(), accountWith()];
    await Promise.all([accounts.add(one), accounts.add(other)]);
    const strangers = Array.from({ length: 118 }, () => fresh<Account['id']>());
    const seen = await people.getMany([one.id, ...strangers, other.id, one.id]);
    expect(seen).toEqual(
      new Map(
        [one, other].map(({ id, username, createdAt: since }) => [
          id,
          { username, tradesCompleted: 0, since },
        ]),
      ),
    );
  });
});
