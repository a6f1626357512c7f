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

describe.each(stores)('accounts in %s', (_, open) => {
  let { accounts, people } = {} as Stores;
  beforeAll(async () => {
    ({ accounts, people } = await open());
  });

  test('an account is found by id and by name, whatever the case', async () => {
    const account = anAccount();
    expect(await accounts.add(account)).toBeUndefined();
    expect(await accounts.get(account.id)).toEqual(account);
    expect(await accounts.byUsername(account.username.toUpperCase())).toEqual(account);
    expect(await accounts.get(fresh())).toBeUndefined();
    expect(await accounts.byUsername(fresh())).toBeUndefined();
  });

  test('of ten who want one name at once, whatever the case, one gets it', async () => {
    const name = `Name-${fresh()}`;
    const wanted = Array.from({ length: 10 }, (_, index) => anAccount(index % 2 ? name : name.toLowerCase()));
    const results = await Promise.all(wanted.map((account) => accounts.add(account)));
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    const winner = wanted[results.indexOf(undefined)];
    expect(await accounts.byUsername(name)).toEqual(winner);
    for (const loser of wanted.filter((account) => account !== winner))
      expect(await accounts.get(loser.id)).toBeUndefined();
  });

  test('a hash is replaced only if it is still the one that was read', async () => {
    const account = anAccount();
    await accounts.add(account);
    await accounts.replaceHash(account.id, 'hash-1', 'hash-2');
    await accounts.replaceHash(account.id, 'hash-1', 'hash-3');
    expect((await accounts.get(account.id))?.passwordHash).toBe('hash-2');
  });

  test('others see a new account as a person without trades, even 120 at once', async () => {
    const [one, other] = [anAccount(), anAccount()];
    await Promise.all([accounts.add(one), accounts.add(other)]);
    const strangers = Array.from({ length: 118 }, () => fresh<Account['id']>());
    const seen = await people.getMany([one.id, ...strangers, other.id, one.id]);
    expect(seen).toEqual(
      new Map([one, other].map(({ id, username }) => [id, { username, tradesCompleted: 0 }])),
    );
  });
});
