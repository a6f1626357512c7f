import type { AccountId, TransferId } from '#core/ids.ts';
import { houseAccount, transfer, userAccount } from '#core/ledger/ledger.ts';
import { asPiconero, MAX_PICONERO } from '#core/money/xmr.ts';
import { asInstant } from '#core/time.ts';
import { anAnswer, fresh, stores } from './stores.ts';

describe.each(stores)('the ledger in %s', (_, open) => {
  const { ledger } = open();
  const limit = asPiconero(100n);

  const draw = (
    account: AccountId,
    amount: bigint,
    at = 1_000,
    dailyLimit = limit,
    remembered = anAnswer(account),
  ) => {
    const opening = { id: fresh<TransferId>(), kind: 'faucet', debit: houseAccount('faucet') } as const;
    const credit = userAccount(account);
    const move = transfer({
      ...opening,
      credit,
      amountPiconero: asPiconero(amount),
      createdAt: asInstant(at),
    });
    return ledger.draw({ account, day: '2026-01-01', dailyLimit, move, remembered });
  };

  test('nobody has anything to begin with', async () => {
    expect(await ledger.balance(fresh<AccountId>())).toEqual({ availablePiconero: 0n, heldPiconero: 0n });
  });

  test('an amount is kept to the last piconero, however large', async () => {
    const account = fresh<AccountId>();
    await draw(account, MAX_PICONERO, 1_000, MAX_PICONERO);
    expect((await ledger.balance(account)).availablePiconero).toBe(MAX_PICONERO);
  });

  test('a day’s draws stop at its limit, also when they come at once', async () => {
    const account = fresh<AccountId>();
    const results = await Promise.all([...Array(8)].map(() => draw(account, 30n)));
    expect(results.filter((result) => result === undefined)).toHaveLength(3);
    expect(results.filter((result) => result === 'amount_out_of_range')).toHaveLength(5);
    expect((await ledger.balance(account)).availablePiconero).toBe(90n);
  });

  test('a key that was used draws nothing more', async () => {
    const account = fresh<AccountId>();
    const answer = anAnswer(account);
    expect(await draw(account, 30n, 1_000, limit, answer)).toBeUndefined();
    expect(await draw(account, 30n, 1_000, limit, answer)).toBe('idempotency_key_reused');
    expect((await ledger.balance(account)).availablePiconero).toBe(30n);
  });

  test('a statement comes newest first, page by page', async () => {
    const account = fresh<AccountId>();
    for (const at of [1_000, 3_000, 2_000]) await draw(account, BigInt(at / 100), at);
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
});
