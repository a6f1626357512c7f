import { Died, dying } from '#tests/helpers/faulty.ts';
import { ALICE, BOB, granted, type TestWorld, testWorld } from '#tests/helpers/world.ts';
import type { Caller } from '../caller.ts';
import type { PaymentAccountId } from '../ids.ts';
import { addPaymentAccount } from './add-payment-account.ts';
import { MAX_PAYMENT_ACCOUNTS } from './limits.ts';
import { listPaymentAccounts } from './list-payment-accounts.ts';
import { paymentAccountEvent } from './payment-accounts.ts';
import { removePaymentAccount } from './remove-payment-account.ts';
import { updatePaymentAccount } from './update-payment-account.ts';

const IBAN = 'DE89370400440532013000';
const OTHER_IBAN = 'FR1420041010050500013M02606';
const sepa = { method: 'sepa', label: 'My bank', fields: { name: 'Ann B.', iban: IBAN } };

const useCases = (ports: TestWorld['ports']) => ({
  add: addPaymentAccount(ports),
  update: updatePaymentAccount(ports),
  remove: removePaymentAccount(ports),
  list: async (caller: Caller) => (await listPaymentAccounts(ports)({}, caller)).items,
});

function aWorld() {
  const world = testWorld();
  return { ...world, ...useCases(world.ports) };
}

test('adds payment accounts, and lists them newest first', async () => {
  const { add, list, clock, pass } = aWorld();
  const now = clock.now();
  const first = granted(
    await add({ ...sepa, fields: { name: 'Ann B.', iban: 'de89 3704 0044 0532 0130 00' } }, ALICE),
  );
  expect(first).toStrictEqual({
    id: expect.any(String),
    ...sepa,
    createdAt: now,
    updatedAt: now,
    version: 1,
  });
  pass(1_000);
  const second = granted(await add({ method: 'pigeon post', label: 'Pigeon', fields: {} }, ALICE));
  expect(await list(ALICE)).toStrictEqual([second, first]);
  expect(await list(BOB)).toEqual([]);
});

test('refuses fields that do not fit the method, with every fault, before it asks for a factor', async () => {
  const world = aWorld();
  const { caller } = await world.registerWithTotp('ann');
  expect(await world.add({ ...sepa, fields: { iban: `${IBAN}1`, pin: '1' } }, caller)).toEqual({
    refused: 'invalid_request',
    errors: [
      { path: 'fields.pin', message: 'is not known here' },
      { path: 'fields.name', message: 'is missing' },
      { path: 'fields.iban', message: 'must be an IBAN (SEPA)' },
    ],
  });
  expect(await world.list(caller)).toEqual([]);
});

test('changes label and fields of the version that was read', async () => {
  const { add, update, list, pass } = aWorld();
  const { id: paymentAccountId, createdAt } = granted(await add(sepa, ALICE));
  pass(1_000);
  const change = { paymentAccountId, version: 1 };
  const renamed = granted(await update({ ...change, label: 'Old bank' }, ALICE));
  expect(renamed).toMatchObject({ label: 'Old bank', fields: sepa.fields, version: 2, createdAt });
  expect(renamed.updatedAt).toBe(createdAt + 1_000);
  const fields = { name: 'Ann B.', iban: OTHER_IBAN, bic: 'PSSTFRPP' };
  expect(await update({ ...change, fields }, ALICE)).toEqual({ refused: 'changed_since' });
  const moved = granted(await update({ paymentAccountId, version: 2, fields }, ALICE));
  expect(moved).toMatchObject({ label: 'Old bank', fields, version: 3 });
  const shorter = { name: 'Ann B.', iban: OTHER_IBAN };
  granted(await update({ paymentAccountId, version: 3, fields: shorter }, ALICE));
  expect(await list(ALICE)).toMatchObject([{ fields: shorter, version: 4 }]);
  expect(await update({ paymentAccountId, version: 4, fields: { iban: IBAN } }, ALICE)).toMatchObject({
    errors: [{ path: 'fields.name', message: 'is missing' }],
  });
});

test('of two changes at once one is refused', async () => {
  const { add, update, between } = aWorld();
  const { id: paymentAccountId } = granted(await add(sepa, ALICE));
  const change = { paymentAccountId, version: 1 };
  between('paymentAccounts', 'get', async () => {
    granted(await update({ ...change, label: 'first' }, ALICE));
  });
  expect(await update({ ...change, label: 'second' }, ALICE)).toEqual({ refused: 'changed_since' });
});

test('removes a payment account once, also against a change', async () => {
  const { add, update, remove, list, between } = aWorld();
  const { id: paymentAccountId } = granted(await add(sepa, ALICE));
  between('paymentAccounts', 'get', async () => {
    expect(await remove({ paymentAccountId }, ALICE)).toBeUndefined();
  });
  expect(await remove({ paymentAccountId }, ALICE)).toEqual({ refused: 'not_found' });
  expect(await remove({ paymentAccountId }, ALICE)).toEqual({ refused: 'not_found' });

  const { id: other } = granted(await add(sepa, ALICE));
  between('paymentAccounts', 'get', async () => {
    expect(await remove({ paymentAccountId: other }, ALICE)).toBeUndefined();
  });
  const late = await update({ paymentAccountId: other, version: 1, label: 'late' }, ALICE);
  expect(late).toEqual({ refused: 'changed_since' });
  expect(await list(ALICE)).toEqual([]);
});

test('removes a payment account that is changed at the same time', async () => {
  const { add, update, remove, list, between } = aWorld();
  const { id: paymentAccountId } = granted(await add(sepa, ALICE));
  between('paymentAccounts', 'get', async () => {
    granted(await update({ paymentAccountId, version: 1, label: 'late' }, ALICE));
  });
  expect(await remove({ paymentAccountId }, ALICE)).toBeUndefined();
  expect(await list(ALICE)).toEqual([]);
});

test('each change is an event without details, in the order of its versions', async () => {
  const { add, update, remove, books } = aWorld();
  const { id: paymentAccountId } = granted(await add(sepa, ALICE));
  granted(await update({ paymentAccountId, version: 1, label: 'Old bank' }, ALICE));
  await update({ paymentAccountId, version: 1, label: 'stale' }, ALICE);
  await remove({ paymentAccountId }, ALICE);
  const common = {
    paymentAccountId,
    accountIds: [ALICE.accountId],
    at: expect.any(Number),
    requestId: 'none',
  };
  expect(books.events).toStrictEqual([
    { ...common, type: 'payment_account_added', version: 1 },
    { ...common, type: 'payment_account_changed', version: 2 },
    { ...common, type: 'payment_account_removed', version: 3 },
  ]);
});

test('those of another account are not found', async () => {
  const { add, update, remove, list } = aWorld();
  const { id: paymentAccountId } = granted(await add(sepa, ALICE));
  const notFound = { refused: 'not_found' };
  expect(await update({ paymentAccountId, version: 1, label: 'mine' }, BOB)).toEqual(notFound);
  expect(await remove({ paymentAccountId }, BOB)).toEqual(notFound);
  const unknown = 'unknown' as PaymentAccountId;
  expect(await update({ paymentAccountId: unknown, version: 1 }, ALICE)).toEqual(notFound);
  expect(await list(ALICE)).toMatchObject([{ label: 'My bank', version: 1 }]);
});

test(`an account has ${MAX_PAYMENT_ACCOUNTS} at most, also of additions at once`, async () => {
  const { add, remove, list } = aWorld();
  const attempts = Array.from({ length: MAX_PAYMENT_ACCOUNTS + 5 }, () => add(sepa, ALICE));
  const results = await Promise.all(attempts);
  expect(results.filter((one) => 'refused' in one)).toEqual(Array(5).fill({ refused: 'too_many_open' }));
  const paymentAccountId = (await list(ALICE))[0]!.id;
  expect(await remove({ paymentAccountId }, ALICE)).toBeUndefined();
  granted(await add(sepa, ALICE));
  expect(await add(sepa, ALICE)).toEqual({ refused: 'too_many_open' });
  granted(await add(sepa, BOB));
});

describe('an account with a second factor', () => {
  async function guarded() {
    const world = aWorld();
    const { caller, secret, recoveryCodes } = await world.registerWithTotp('ann');
    const { id } = granted(await world.add({ ...sepa, code: recoveryCodes[0]! }, caller));
    const changes = {
      add: (code?: string) => world.add({ ...sepa, code }, caller),
      update: (code?: string) =>
        world.update({ paymentAccountId: id, version: 1, label: 'new', code }, caller),
      remove: (code?: string) => world.remove({ paymentAccountId: id, code }, caller),
    };
    return { ...world, caller, secret, changes, id };
  }

  test.each(['add', 'update', 'remove'] as const)(
    'needs it to %s one, and spends its code with it',
    async (name) => {
      const { changes, list, caller, secret, codeOf, stepUp } = await guarded();
      const before = await list(caller);
      const code = codeOf(secret);
      expect(await changes[name]()).toEqual({ refused: 'second_factor_required' });
      expect(await changes[name]('000000')).toEqual({ refused: 'wrong_second_factor' });
      expect(await list(caller)).toEqual(before);
      granted((await changes[name](code)) ?? {});
      expect(await list(caller)).not.toEqual(before);
      expect(await stepUp(caller, code, async () => 'done')).toEqual({ refused: 'wrong_second_factor' });
    },
  );

  test('a refused change leaves its code', async () => {
    const { update, caller, secret, codeOf, id } = await guarded();
    const code = codeOf(secret);
    const stale = { paymentAccountId: id, version: 7, label: 'new', code };
    expect(await update(stale, caller)).toEqual({ refused: 'changed_since' });
    granted(await update({ ...stale, version: 1 }, caller));
  });

  test('a code that is spent meanwhile changes nothing', async () => {
    const { between, changes, factors, stepUp, list, caller, secret, codeOf } = await guarded();
    const code = codeOf(secret);
    between('factors', 'get', () => stepUp(caller, code, async (proof) => factors.spend(proof!)));
    expect(await changes.add(code)).toEqual({ refused: 'wrong_second_factor' });
    expect(await list(caller)).toHaveLength(1);
  });
});

test('stores the details encrypted, for one row of one account', async () => {
  const { add, list, paymentAccounts } = aWorld();
  granted(await add(sepa, ALICE));
  granted(await add({ ...sepa, label: 'Other', fields: { name: 'Ann B.', iban: OTHER_IBAN } }, ALICE));
  const [first, second] = paymentAccounts.allRows();
  const stored = JSON.stringify(paymentAccounts.allRows());
  for (const word of [IBAN, 'Ann', 'bank', 'Other']) expect(stored).not.toContain(word);
  expect(first!.sealedDetails).toMatch(/^[0-9a-f]{8}\.[\w-]+$/);

  const copied = { ...first!, sealedDetails: second!.sealedDetails, version: 2 };
  await paymentAccounts.save(
    { next: copied, event: paymentAccountEvent('payment_account_changed', copied) },
    undefined,
  );
  await expect(list(ALICE)).rejects.toThrow();
});

test.each(['before', 'after'] as const)(
  'a process that dies %s the write leaves all or nothing',
  async (when) => {
    const world = testWorld();
    const { caller, secret } = await world.registerWithTotp('ann');
    const code = world.codeOf(secret);
    const { ports } = dying(world.ports, ['paymentAccounts'], { at: 1, when });
    await expect(useCases(ports).add({ ...sepa, code }, caller)).rejects.toThrow(Died);
    const { list } = useCases(world.ports);
    expect(await list(caller)).toHaveLength(when === 'before' ? 0 : 1);
    const again = await world.stepUp(caller, code, async () => 'valid');
    expect(again).toEqual(when === 'before' ? 'valid' : { refused: 'wrong_second_factor' });
  },
);
