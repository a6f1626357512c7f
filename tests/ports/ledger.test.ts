import type { AccountId } from '#core/ids.ts';
import { MAX_PICONERO } from '#core/money/xmr.ts';
import { fresh } from '#tests/helpers/entities.ts';
import { give, type Stores, stores } from './stores.ts';

describe.each(stores)('the ledger (%s)', (_, open) => {
  let own: Stores;
  let { ledger } = {} as Stores;
  beforeAll(async () => {
    own = await open();
    ({ ledger } = own);
  });

  test('a new account has a balance of 0', async () => {
    expect(await ledger.balance(fresh<AccountId>())).toEqual({ availablePiconero: 0n, heldPiconero: 0n });
  });

  test('the sum of all balances grows by the amounts given', async () => {
    const before = await ledger.owed();
    // So many that they meet several shards of the house account.
    for (let count = 1; count <= 10; count++) await give(own, fresh<AccountId>(), 7n);
    expect(await ledger.owed()).toBe(before + 70n);
  });

  test('stores the largest amount exactly', async () => {
    const account = fresh<AccountId>();
    await give(own, account, MAX_PICONERO);
    expect((await ledger.balance(account)).availablePiconero).toBe(MAX_PICONERO);
  });

  test('lists a statement newest first, page by page', async () => {
    const account = fresh<AccountId>();
    for (const at of [1_000, 3_000, 2_000]) await give(own, account, BigInt(at / 100), at);
    const first = await ledger.statement(account, undefined, 2);
    const second = await ledger.statement(account, first.items.at(-1)!.position, 2);
    expect([first.more, second.more]).toEqual([true, false]);
    const lines = [...first.items, ...second.items].map((line) => line.transfer);
    expect(lines.map(({ createdAt }) => createdAt)).toEqual([3_000, 2_000, 1_000]);
    expect(lines[0]).toMatchObject({
      kind: 'faucet',
      status: 'posted',
      amountPiconero: 30n,
      settledAt: 3_000,
    });
  });

  test('lists transfers of one millisecond newest first, by their ids', async () => {
    const account = fresh<AccountId>();
    for (const amount of [1n, 2n, 3n]) await give(own, account, amount);
    const first = await ledger.statement(account, undefined, 2);
    const second = await ledger.statement(account, first.items.at(-1)!.position, 2);
    const amounts = [...first.items, ...second.items].map(({ transfer }) => transfer.amountPiconero);
    expect(amounts).toEqual([3n, 2n, 1n]);
  });
});
