import type { AccountId, PaymentAccountId } from '#core/ids.ts';
import { MAX_PAYMENT_ACCOUNTS } from '#core/payment-accounts/limits.ts';
import {
  type PaymentAccount,
  type PaymentAccountChange,
  paymentAccountEvent,
} from '#core/payment-accounts/payment-accounts.ts';
import { asInstant } from '#core/time.ts';
import { fresh } from '#tests/helpers/entities.ts';
import { codeProof, stepProof, turnedOn } from './proofs.ts';
import { type Stores, stores } from './stores.ts';

const WRONG = 'wrong_second_factor';
const twenty = Array.from({ length: 20 }, (_, n) => n);

const paymentAccountWith = (changes: Partial<PaymentAccount> = {}): PaymentAccount => ({
  id: fresh<PaymentAccountId>(),
  accountId: fresh<AccountId>(),
  method: 'sepa',
  sealedDetails: 'sealed',
  createdAt: asInstant(1_000),
  updatedAt: asInstant(1_000),
  version: 1,
  ...changes,
});

const adding = (next: PaymentAccount): PaymentAccountChange => ({
  next,
  event: paymentAccountEvent('payment_account_added', next),
});
const changing = (next: PaymentAccount): PaymentAccountChange => ({
  next,
  event: paymentAccountEvent('payment_account_changed', next),
});
const removing = (read: PaymentAccount): PaymentAccountChange => {
  const next = { ...read, version: read.version + 1 };
  return { next, event: paymentAccountEvent('payment_account_removed', next) };
};

describe.each(stores)('payment accounts (%s)', (_, open) => {
  let { accounts, factors, outbox, paymentAccounts } = {} as Stores;
  beforeAll(async () => {
    ({ accounts, factors, outbox, paymentAccounts } = await open());
  });

  async function stored(changes: Partial<PaymentAccount> = {}) {
    const account = paymentAccountWith(changes);
    expect(await paymentAccounts.add(adding(account), undefined)).toBeUndefined();
    return account;
  }

  test('returns those of one account, oldest first, as they were added', async () => {
    const first = await stored();
    const { accountId } = first;
    const second = await stored({ accountId, method: 'pigeon post' });
    await stored();
    expect(await paymentAccounts.ofAccount(accountId)).toEqual([first, second]);
    expect(await paymentAccounts.get(accountId, second.id)).toEqual(second);
    expect(await paymentAccounts.get(fresh(), second.id)).toBeUndefined();
    expect(await paymentAccounts.get(accountId, fresh())).toBeUndefined();
    expect(await paymentAccounts.ofAccount(fresh())).toEqual([]);
  });

  test('of 20 changes of one version at once one is written', async () => {
    const read = await stored();
    const next = (n: number) => ({ ...read, sealedDetails: `${n}`, updatedAt: asInstant(2_000), version: 2 });
    const atOnce = await Promise.all(twenty.map((n) => paymentAccounts.save(changing(next(n)), undefined)));
    expect(atOnce.filter((one) => one === undefined)).toHaveLength(1);
    expect(atOnce.filter((one) => one === 'changed_since')).toHaveLength(19);
    expect(await paymentAccounts.get(read.accountId, read.id)).toEqual(next(atOnce.indexOf(undefined)));
  });

  test('changes none that was removed or is of another account', async () => {
    const read = await stored();
    const next = { ...read, version: 2 };
    expect(await paymentAccounts.save(changing({ ...next, accountId: fresh() }), undefined)).toBe(
      'changed_since',
    );
    expect(await paymentAccounts.remove(removing(read), undefined)).toBeUndefined();
    expect(await paymentAccounts.save(changing(next), undefined)).toBe('changed_since');
    expect(await paymentAccounts.ofAccount(read.accountId)).toEqual([]);
  });

  test('of parallel additions as many are written as an account may have', async () => {
    const accountId = fresh<AccountId>();
    const added = Array.from({ length: MAX_PAYMENT_ACCOUNTS + 10 }, () => paymentAccountWith({ accountId }));
    const atOnce = await Promise.all(added.map((one) => paymentAccounts.add(adding(one), undefined)));
    expect(atOnce.filter((one) => one === 'too_many_open')).toHaveLength(10);
    expect(await paymentAccounts.ofAccount(accountId)).toHaveLength(MAX_PAYMENT_ACCOUNTS);
  });

  test('removes none that changed since it was read', async () => {
    const read = await stored();
    const next = { ...read, version: 2 };
    expect(await paymentAccounts.save(changing(next), undefined)).toBeUndefined();
    expect(await paymentAccounts.remove(removing(read), undefined)).toBe('changed_since');
    expect(await paymentAccounts.ofAccount(read.accountId)).toEqual([next]);
  });

  test('each change leaves one event, and a refused one none', async () => {
    const read = await stored();
    const changes = [changing({ ...read, version: 2 }), removing({ ...read, version: 2 })] as const;
    await paymentAccounts.save(changes[0], undefined);
    await paymentAccounts.save(changes[0], undefined);
    await paymentAccounts.remove(changes[1], undefined);
    const { items } = await outbox.pending(asInstant(1_000_000), 1_000);
    const own = items.filter((one) => 'paymentAccountId' in one && one.paymentAccountId === read.id);
    expect(own.sort((one, other) => one.version - other.version)).toEqual(
      [adding(read), ...changes].map(({ event }) => ({ ...event, requestId: 'none' })),
    );
  });

  test('of 20 removals at once one counts', async () => {
    const first = await stored();
    const { accountId } = first;
    for (let n = 1; n < MAX_PAYMENT_ACCOUNTS; n += 1) await stored({ accountId });
    const atOnce = await Promise.all(twenty.map(() => paymentAccounts.remove(removing(first), undefined)));
    expect(atOnce.filter((one) => one === undefined)).toHaveLength(1);
    expect(atOnce.filter((one) => one === 'changed_since')).toHaveLength(19);
    expect(await paymentAccounts.ofAccount(accountId)).toHaveLength(MAX_PAYMENT_ACCOUNTS - 1);
    expect(await paymentAccounts.add(adding(paymentAccountWith({ accountId })), undefined)).toBeUndefined();
    expect(await paymentAccounts.add(adding(paymentAccountWith({ accountId })), undefined)).toBe(
      'too_many_open',
    );
  });

  test('a proof is spent with each write, and leaves nothing written if it was spent', async () => {
    const factor = await turnedOn({ accounts, factors }, fresh<AccountId>());
    const { accountId } = factor;
    const account = paymentAccountWith({ accountId });
    expect(await paymentAccounts.add(adding(account), stepProof(factor, 10))).toBe(WRONG);
    expect(await paymentAccounts.ofAccount(accountId)).toEqual([]);
    expect(await paymentAccounts.add(adding(account), stepProof(factor, 11))).toBeUndefined();

    const next = { ...account, version: 2 };
    expect(await paymentAccounts.save(changing(next), stepProof(factor, 11))).toBe(WRONG);
    expect(await paymentAccounts.save(changing(next), codeProof(factor, 'one'))).toBeUndefined();
    expect(await paymentAccounts.save(changing(next), stepProof(factor, 12))).toBe('changed_since');

    expect(await paymentAccounts.remove(removing(next), codeProof(factor, 'one'))).toBe(WRONG);
    expect(await paymentAccounts.ofAccount(accountId)).toEqual([next]);
    expect(await paymentAccounts.remove(removing(next), stepProof(factor, 12))).toBeUndefined();
    expect(await factors.get(accountId)).toMatchObject({ lastStep: 12, recoveryDigests: ['two'] });
  });

  test('one code sent 20 times at once adds one', async () => {
    const factor = await turnedOn({ accounts, factors }, fresh<AccountId>());
    const { accountId } = factor;
    const proof = codeProof(factor, 'two');
    const atOnce = await Promise.all(
      twenty.map(() => paymentAccounts.add(adding(paymentAccountWith({ accountId })), proof)),
    );
    expect(atOnce.filter((one) => one === undefined)).toHaveLength(1);
    expect(await paymentAccounts.ofAccount(accountId)).toHaveLength(1);
  });

  test('a deletion removes all of an account, and their number', async () => {
    const kept = await stored();
    const accountId = fresh<AccountId>();
    for (const _ of twenty) await stored({ accountId });
    await paymentAccounts.removeAll(accountId);
    expect(await paymentAccounts.ofAccount(accountId)).toEqual([]);
    await paymentAccounts.removeAll(accountId);
    await stored({ accountId });
    expect(await paymentAccounts.ofAccount(kept.accountId)).toEqual([kept]);
  });
});
