import type { Account } from '#core/accounts/accounts.ts';
import { asInstant } from '#core/time.ts';
import { fresh } from '#tests/helpers/entities.ts';
import { type Stores, stores } from './stores.ts';

const anAccount = (username = `Ann-${fresh()}`): Account => ({
  id: fresh(),
  username,
  language: 'en',
  passwordHash: 'hash-1',
  createdAt: asInstant(1_000),
});

describe.each(stores)('accounts (%s)', (_, open) => {
  let { accounts, people } = {} as Stores;
  beforeAll(async () => {
    ({ accounts, people } = await open());
  });

  test('finds an account by its id, and by its name in any case', async () => {
    const account = anAccount();
    expect(await accounts.add(account)).toBeUndefined();
    expect(await accounts.get(account.id)).toEqual(account);
    expect(await accounts.byUsername(account.username.toUpperCase())).toEqual(account);
    expect(await accounts.get(fresh())).toBeUndefined();
    expect(await accounts.byUsername(fresh())).toBeUndefined();
  });

  test('gives a name, in any case, to one of ten accounts at once', async () => {
    const name = `Name-${fresh()}`;
    const wanted = Array.from({ length: 10 }, (_, index) => anAccount(index % 2 ? name : name.toLowerCase()));
    const results = await Promise.all(wanted.map((account) => accounts.add(account)));
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    const winner = wanted[results.indexOf(undefined)];
    expect(await accounts.byUsername(name)).toEqual(winner);
    for (const loser of wanted.filter((account) => account !== winner))
      expect(await accounts.get(loser.id)).toBeUndefined();
  });

  test('replaces a hash only if it is still the one that was read', async () => {
    const account = anAccount();
    await accounts.add(account);
    await accounts.replaceHash(account.id, 'hash-1', 'hash-2');
    await accounts.replaceHash(account.id, 'hash-1', 'hash-3');
    expect((await accounts.get(account.id))?.passwordHash).toBe('hash-2');
  });

  test('shows new accounts as people without trades, 120 ids at once', async () => {
    const [one, other] = [anAccount(), anAccount()];
    await Promise.all([accounts.add(one), accounts.add(other)]);
    const strangers = Array.from({ length: 118 }, () => fresh<Account['id']>());
    const seen = await people.getMany([one.id, ...strangers, other.id, one.id]);
    expect(seen).toEqual(
      new Map([one, other].map(({ id, username }) => [id, { username, tradesCompleted: 0 }])),
    );
  });
});
