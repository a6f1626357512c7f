import type { AccountId } from '#core/ids.ts';
import { asPiconero } from '#core/money/xmr.ts';
import { fresh, rememberedFor } from '#tests/helpers/entities.ts';
import { aDraw, restock, type Stores, stores } from './stores.ts';

describe.each(stores)('the faucet (%s)', (_, open) => {
  let own: Stores;
  // A faucet of its own for each test.
  beforeEach(async () => {
    own = await open();
  });
  const limit = asPiconero(100n);

  /** Decided on the balance of the moment, and again where another draw was first. */
  async function draw(account: AccountId, amount: bigint, answer = rememberedFor(account)) {
    for (;;) {
      const drawn = await aDraw(own, account, amount, { dailyLimit: limit, remembered: answer });
      const refused = await own.faucet.draw(drawn);
      if (refused !== 'changed_since') return refused;
    }
  }

  test('an empty faucet refuses draws', async () => {
    expect(await own.faucet.stock()).toEqual({ leftPiconero: 0n, height: 0 });
    expect(await draw(fresh<AccountId>(), 1n)).toBe('empty');
  });

  test('12 draws at once get no more than the stock', async () => {
    await restock(own, 70n);
    const results = await Promise.all([...Array(12)].map(() => draw(fresh<AccountId>(), 10n)));
    expect(results.filter((result) => result === undefined)).toHaveLength(7);
    expect(results.filter((result) => result === 'empty')).toHaveLength(5);
    expect((await own.faucet.stock()).leftPiconero).toBe(0n);
    expect(await own.ledger.owed()).toBe(70n);
  });

  test('refuses draws above the limit of a day, also at once', async () => {
    await restock(own, 1_000n);
    const account = fresh<AccountId>();
    const results = await Promise.all([...Array(8)].map(() => draw(account, 30n)));
    expect(results.filter((result) => result === undefined)).toHaveLength(3);
    expect(results.filter((result) => result === 'amount_out_of_range')).toHaveLength(5);
    expect((await own.ledger.balance(account)).availablePiconero).toBe(90n);
    expect((await own.faucet.stock()).leftPiconero).toBe(910n);
  });

  test('a used idempotency key draws nothing', async () => {
    await restock(own, 1_000n);
    const account = fresh<AccountId>();
    const answer = rememberedFor(account);
    expect(await draw(account, 30n, answer)).toBeUndefined();
    expect(await draw(account, 30n, answer)).toBe('idempotency_key_reused');
    expect((await own.ledger.balance(account)).availablePiconero).toBe(30n);
  });

  test('writes one of three draws that were decided on one balance', async () => {
    await restock(own, 1_000n);
    const account = fresh<AccountId>();
    expect(await draw(account, 5n)).toBeUndefined();
    const draws = await Promise.all(
      [1n, 2n, 3n].map((amount) => aDraw(own, account, amount, { dailyLimit: limit })),
    );
    const results = await Promise.all(draws.map((one) => own.faucet.draw(one)));
    expect(results.filter((result) => result === undefined)).toHaveLength(1);
    expect(results.filter((result) => result === 'changed_since')).toHaveLength(2);
  });

  test('stores the count of the first of two watchers', async () => {
    const from = await own.faucet.stock();
    const counted = (change: bigint) => own.faucet.restock({ from, change: asPiconero(change), height: 80 });
    expect(await counted(50n)).toBeUndefined();
    expect(await counted(50n)).toBe('changed_since');
    expect(await own.faucet.stock()).toEqual({ leftPiconero: 50n, height: 80 });
  });

  test('a count keeps the draws since it began', async () => {
    await restock(own, 50n);
    const from = await own.faucet.stock();
    expect(await draw(fresh<AccountId>(), 20n)).toBeUndefined();
    await own.faucet.restock({ from, change: asPiconero(-10n), height: 90 });
    expect(await own.faucet.stock()).toEqual({ leftPiconero: 20n, height: 90 });
  });
});
